package io.leeway.cli;

import io.leeway.domain.UserException;
import picocli.CommandLine.Option;

/** Who does something that is put on record, and why. */
final class ActOptions {
  @Option(
      names = "--by",
      required = true,
      paramLabel = "NAME",
      description = "Who does it; goes on record.")
  private String by;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; goes on record.")
  private String reason;

  /**
   * Who.
   *
   * @throws UserException if that is blank
   */
  String by() {
    return notBlank("--by", by);
  }

  /**
   * Why.
   *
   * @throws UserException if that is blank
   */
  String reason() {
    return notBlank("--reason", reason);
  }

  private static String notBlank(String option, String text) {
    if (text.isBlank()) {
      throw new UserException(option + " is blank; the audit log needs it.");
    }
    return text.strip();
  }
}
