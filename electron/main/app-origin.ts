/** The window's own origin: a scheme that nothing outside Onebook can serve. */
export const appScheme = 'app'
export const appHost = 'onebook'
export const appOrigin = `${appScheme}://${appHost}`
export const appAddress = `${appOrigin}/`
