import { Component, type ReactNode } from 'react'
import { ErrorState } from './states.tsx'

interface FaultBoundaryProps {
  /** Another place: what failed before is forgotten. */
  readonly place: string
  readonly children: ReactNode
}

interface FaultBoundaryState {
  /** Null: nothing failed; '': just failed, and the place is not noted yet. */
  readonly failedAt: string | null
}

/** A screen that cannot be drawn says so in its place; the menu, undo and lock around it stay usable. */
export class FaultBoundary extends Component<FaultBoundaryProps, FaultBoundaryState> {
  override state: FaultBoundaryState = { failedAt: null }

  static getDerivedStateFromError(): FaultBoundaryState {
    return { failedAt: '' }
  }

  static getDerivedStateFromProps(
    { place }: FaultBoundaryProps,
    { failedAt }: FaultBoundaryState,
  ): FaultBoundaryState | null {
    if (failedAt === null || failedAt === place) return null
    return { failedAt: failedAt === '' ? place : null }
  }

  override render(): ReactNode {
    if (this.state.failedAt === null) return this.props.children
    return (
      <div className="page">
        <ErrorState failure={{ code: 'internal', values: {} }} onRetry={() => this.setState({ failedAt: null })} />
      </div>
    )
  }
}
