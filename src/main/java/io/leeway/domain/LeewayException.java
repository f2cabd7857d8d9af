package io.leeway.domain;

/**
 * An error that Leeway words for people: what is wrong, where, which value, what to do. Its family
 * decides the exit code of a command and whether a scheduler may retry.
 */
public abstract sealed class LeewayException extends RuntimeException
    permits UserException, EnvironmentException {
  private static final long serialVersionUID = 1L;

  LeewayException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The process exit code of this family. */
  public abstract int exitCode();

  /** Whether running the same command again, unchanged, may succeed. */
  public abstract boolean retryable();
}
