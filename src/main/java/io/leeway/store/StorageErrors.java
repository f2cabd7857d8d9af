package io.leeway.store;

import io.delta.exceptions.DeltaConcurrentModificationException;
import io.leeway.domain.EnvironmentException;
import io.leeway.domain.LeewayException;
import io.leeway.domain.UserException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;

/**
 * Tells the families of storage errors apart by walking the causes: what the user must mend, what a
 * retry may mend, and what is unknown and therefore our own bug.
 */
public final class StorageErrors {
  private static final Pattern FILE = Pattern.compile("(?:[a-z0-9]+:)?/[^\\s'\",]+\\.parquet");

  private StorageErrors() {}

  /**
   * The exception to throw in place of {@code error}.
   *
   * @param where what was read or written, for example {@code "Table '/data/predictions'"}; starts
   *     the message
   * @return a {@link LeewayException} where the cause is known; else the error itself, wrapped only
   *     if it is a checked one
   */
  public static RuntimeException explain(Throwable error, String where) {
    List<Throwable> causes = causes(error);
    for (Throwable cause : causes) {
      if (cause instanceof LeewayException known) {
        return known;
      }
    }
    for (Throwable cause : causes) {
      Optional<String> mistake =
          FailedExpression.words(cause).or(() -> MissingFileSystem.words(cause));
      if (mistake.isPresent()) {
        return new UserException(where + ": " + mistake.get(), error);
      }
    }
    for (Throwable cause : causes) {
      String trouble = environment(cause);
      if (trouble != null) {
        return new EnvironmentException(where + ": " + trouble + " (" + said(cause) + ")", error);
      }
    }
    for (Throwable cause : causes) {
      String mistake = data(cause, causes);
      if (mistake != null) {
        return new UserException(where + ": " + mistake, error);
      }
    }
    for (Throwable cause : causes) {
      if (condition(cause).startsWith("FAILED_READ_FILE")) {
        return new EnvironmentException(
            where
                + ": the data file "
                + file(causes)
                + " could not be read to its end, though nothing says that it is damaged ("
                + said(causes.get(causes.size() - 1))
                + "). Run the command again.",
            error);
      }
    }
    return error instanceof RuntimeException unknown
        ? unknown
        : new IllegalStateException(where + ": " + error.getMessage(), error);
  }

  /** The part of somebody's SQL that an error names as its cause. */
  public static Optional<String> failedSql(Throwable error) {
    return causes(error).stream()
        .filter(cause -> FailedExpression.words(cause).isPresent())
        .flatMap(cause -> FailedExpression.sql((SparkThrowable) cause).stream())
        .findFirst();
  }

  /** What stood in the way and what to do, or {@code null}. */
  private static String environment(Throwable cause) {
    String message = text(cause);
    if (cause instanceof DeltaConcurrentModificationException) {
      return "another writer changed the table at the same time. Run the command again.";
    }
    if (message.contains("no space left on device")
        || message.contains("disk quota exceeded")
        || message.contains("quota of")) {
      return "the storage is full. Free space or raise the quota, then run the command again.";
    }
    if (cause instanceof AccessDeniedException
        || cause instanceof AccessControlException
        || message.contains("permission denied")
        || message.contains("access denied")
        || message.contains("accessdenied")
        || message.contains("mkdirs failed")
        || message.contains("read-only file system")) {
      return "the storage refuses access. Give the job's user the right to read and write there, "
          + "then run the command again.";
    }
    if (cause instanceof ConnectException
        || cause instanceof UnknownHostException
        || cause instanceof NoRouteToHostException
        || cause instanceof SocketTimeoutException
        || cause instanceof SocketException
        || message.contains("connection refused")
        || message.contains("connection reset")
        || message.contains("unable to execute http request")) {
      return "the storage cannot be reached. Check the address and the network, then run the "
          + "command again.";
    }
    if (message.contains("executorlostfailure")
        || message.contains("sparkcontext was shut down")
        || message.contains("stopped sparkcontext")) {
      return "Spark lost an executor or was stopped while the job ran. Look for why in the "
          + "cluster's logs (often memory), then run the command again.";
    }
    if (cause instanceof OutOfMemoryError
        || message.contains("java.lang.outofmemoryerror")
        || message.contains("out of memory")) {
      return "the job ran out of memory. Give driver or executors more, then run the command "
          + "again.";
    }
    if (condition(cause).contains("FILE_NOT_EXIST")
        || cause instanceof java.io.FileNotFoundException) {
      return "a file of the table is gone; VACUUM may have removed it while the job ran. Run the "
          + "command again.";
    }
    return null;
  }

  /** What is wrong with the data and what to do, or {@code null}. */
  private static String data(Throwable cause, List<Throwable> causes) {
    if (condition(cause).equals("FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH")) {
      return "a data file holds a column in another type than the table says ("
          + said(cause)
          + "). Write its rows again and remove the file from the table.";
    }
    if (isDamage(cause)) {
      return "the data file "
          + file(causes)
          + " cannot be read, it is damaged or not Parquet. Restore the file, or write its rows "
          + "again and remove it from the table.";
    }
    if (condition(cause).contains("UNSUPPORTED_FEATURES_FOR_READ")
        || condition(cause).contains("INVALID_PROTOCOL_VERSION")) {
      return "the table asks for a newer Delta Lake than this job runs with (" + said(cause) + ")";
    }
    if (condition(cause).equals("SCHEMA_NOT_FOUND")) {
      return "there is no such schema ("
          + said(cause)
          + "). Create it, or name another in "
          + "store.schema.";
    }
    if (condition(cause).contains("TIME_TRAVEL_BEYOND_DELETED_FILE_RETENTION")) {
      return "that version is older than the table keeps deleted files, so its rows may be gone. "
          + "Name a newer version, or raise delta.deletedFileRetentionDuration for the future.";
    }
    return null;
  }

  /**
   * Whether the bytes of a file are wrong, and not only the way to them: Parquet itself, a checksum
   * or a file's magic number says so.
   */
  private static boolean isDamage(Throwable cause) {
    String message = text(cause);
    return cause.getClass().getName().startsWith("org.apache.parquet.")
        || cause instanceof ChecksumException
        || condition(cause).equals("FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER")
        || message.contains("is not a parquet file")
        || message.contains("corrupted file: the footer index");
  }

  private static List<Throwable> causes(Throwable error) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable t = error; t != null && !causes.contains(t); t = t.getCause()) {
      causes.add(t);
      causes.addAll(Arrays.asList(t.getSuppressed()));
    }
    return causes;
  }

  private static String condition(Throwable cause) {
    String condition = cause instanceof SparkThrowable known ? known.getCondition() : null;
    return condition == null ? "" : condition;
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? "" : cause.getMessage().toLowerCase(Locale.ROOT);
  }

  /** The first line of what the cause says. */
  private static String said(Throwable cause) {
    String message = cause.getMessage() == null ? "no message" : cause.getMessage();
    return cause.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("").strip();
  }

  private static String file(List<Throwable> causes) {
    for (Throwable cause : causes) {
      Matcher matcher = FILE.matcher(cause.getMessage() == null ? "" : cause.getMessage());
      if (matcher.find()) {
        return "'" + matcher.group() + "'";
      }
    }
    return "(Spark does not say which)";
  }
}
