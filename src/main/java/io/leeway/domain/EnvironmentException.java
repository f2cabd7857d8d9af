package io.leeway.domain;

/**
 * Storage, network, memory or a competing writer stood in the way; a retry may help. Exit code 4.
 */
public final class EnvironmentException extends LeewayException {
  private static final long serialVersionUID = 1L;

  public EnvironmentException(String message) {
    this(message, null);
  }

  public EnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 4;
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
