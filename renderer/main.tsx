import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/noto-sans-sc/index.css'
import '@mantine/core/styles.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/mantine.css'
import './styles/components.css'
import './styles/shell.css'
import './styles/panels.css'
import './styles/rules.css'
import './styles/services.css'
import './styles/people.css'
import './styles/flow.css'
import { createRoot } from 'react-dom/client'
import { Boot } from './app/boot.tsx'
import { connectClient } from './client/connect.ts'

const element = document.getElementById('root')
if (element !== null) createRoot(element).render(<Boot client={connectClient()} />)
