package io.leeway.domain;

/**
 * The arguments, the configuration or the data are wrong; a retry gives the same answer. Exit code
 * 2.
 */
public final class UserException extends LeewayException {
  private static final long serialVersionUID = 1L;

  public UserException(String message) {
    this(message, null);
  }

  public UserException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 2;
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
