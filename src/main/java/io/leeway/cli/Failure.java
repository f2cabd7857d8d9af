package io.leeway.cli;

import io.leeway.domain.LeewayException;
import io.leeway.store.StorageErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Why a command, or one of its models, failed: in words for people, and in codes for schedulers.
 *
 * @param message what is wrong, where, which value, what to do
 * @param retry whether the same command may succeed later
 */
record Failure(Family family, String message, boolean retry) {

  /** Whose matter it is. */
  enum Family {
    USER,
    ENVIRONMENT,
    BUG;

    /** As in the summary. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The one place where errors become words: our own as they are, those of Spark, Delta and storage
   * explained, and anything else as a bug, whose stack trace goes to a file.
   *
   * @param where what was being done, for example {@code "Model 'credit-risk'"}
   */
  static Failure of(Throwable error, String where) {
    RuntimeException explained = StorageErrors.explain(error, where);
    if (explained instanceof LeewayException known) {
      Family family = known.exitCode() == ExitCode.USER ? Family.USER : Family.ENVIRONMENT;
      return new Failure(family, known.getMessage(), known.retryable());
    }
    return new Failure(Family.BUG, bug(error, where), false);
  }

  int exitCode() {
    return switch (family) {
      case USER -> ExitCode.USER;
      case ENVIRONMENT -> ExitCode.ENVIRONMENT;
      case BUG -> ExitCode.BUG;
    };
  }

  private static String bug(Throwable error, String where) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    String said = error.toString().lines().findFirst().orElse("");
    String report;
    try {
      Path log = Files.createTempFile("leeway-bug", ".log");
      Files.writeString(log, where + System.lineSeparator() + trace);
      report = "Please report it with the command and the file " + log + ".";
    } catch (IOException e) {
      report = "Please report it with the command and this:" + System.lineSeparator() + trace;
    }
    return where + ": This is a bug in Leeway (" + said + "). " + report;
  }
}
