package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.leeway.domain.EnvironmentException;
import io.leeway.domain.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serial;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.spark.SparkThrowable;
import org.junit.jupiter.api.Test;

/** Whose matter an error is: messages as Spark 4.1, Hadoop 3.4 and Parquet 1.16 word them. */
class StorageErrorsTest {
  private static final String FILE = "s3a://lake/predictions/part-0.snappy.parquet";

  /** An error with a condition and an SQLSTATE. */
  private static final class SparkError extends RuntimeException implements SparkThrowable {
    @Serial private static final long serialVersionUID = 1L;

    private final String condition;
    private final String state;

    SparkError(String condition, String state, String message, Throwable cause) {
      super(message, cause);
      this.condition = condition;
      this.state = state;
    }

    @Override
    public String getCondition() {
      return condition;
    }

    @Override
    public String getSqlState() {
      return state;
    }
  }

  private static RuntimeException explained(Throwable error) {
    return StorageErrors.explain(error, "Table 'p'");
  }

  private static SparkError unread(String condition, Throwable cause) {
    return new SparkError(
        condition, "KD001", "Encountered error while reading file " + FILE + ".", cause);
  }

  private static RuntimeException aborted(String reason) {
    return new RuntimeException(
        "Job aborted due to stage failure: Task 3 in stage 7.0 failed 4 times, most recent "
            + "failure: Lost task 3.3 in stage 7.0 (TID 91) (10.0.0.7 executor 2): "
            + reason);
  }

  @Test
  void aValueThatCannotBeComputedIsTheUsers() {
    SparkError zero =
        new SparkError("DIVIDE_BY_ZERO", "22012", "[DIVIDE_BY_ZERO] Division by zero.", null);

    assertThat(explained(new RuntimeException("Job aborted", zero)))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Table 'p': a value cannot be computed: [DIVIDE_BY_ZERO] Division by zero.");
  }

  /** What a row holds is no word of the storage. */
  @Test
  void aValueThatReadsLikeATroubleIsAValue() {
    SparkError cast =
        new SparkError(
            "CAST_INVALID_INPUT", "22018", "The value 'access denied' cannot be cast.", null);

    assertThat(explained(cast)).isInstanceOf(UserException.class).hasMessageContaining("be cast");
  }

  @Test
  void analysisOfWhatNobodyWroteAsSqlStaysOurBug() {
    SparkError ours =
        new SparkError("UNRESOLVED_COLUMN", "42703", "A column `x` cannot be resolved.", null);
    SparkError deltas =
        new SparkError("DELTA_INVALID_INTERVAL", "22006", "An interval is wrong.", null);

    assertThat(explained(ours)).isSameAs(ours);
    assertThat(explained(deltas)).isSameAs(deltas);
  }

  @Test
  void storageWithoutItsJarIsNamed() {
    assertThat(explained(opened("s3a://bucket/x")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("org.apache.hadoop.fs.s3a.S3AFileSystem")
        .hasMessageContaining("--packages: org.apache.hadoop:hadoop-aws:3.");
    assertThat(explained(opened("gs://bucket/x")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("com.google.cloud.bigdataoss:gcs-connector");
    assertThat(explained(opened("s3://bucket/x")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nothing here reads addresses s3://")
        .hasMessageContaining("hadoop-aws")
        .hasMessageContaining("s3a://");
    assertThat(explained(opened("nowhere://bucket/x")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nothing here reads addresses nowhere://")
        .hasMessageContaining("correct the address");
    ClassNotFoundException alien = new ClassNotFoundException("com.example.Row");
    assertThat(explained(alien)).hasCause(alien).isInstanceOf(IllegalStateException.class);
  }

  /** Hadoop's own answer. */
  private static Throwable opened(String address) {
    Throwable error =
        catchThrowable(() -> new Path(address).getFileSystem(new Configuration(true)));
    assertThat(error).isNotNull();
    return error;
  }

  @Test
  void aLostExecutorMayBeTriedAgain() {
    assertThat(
            explained(
                aborted(
                    "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) "
                        + "Reason: Command exited with code 137")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("Spark lost an executor")
        .hasMessageContaining("run the command again");
    assertThat(
            explained(new RuntimeException("Job 3 cancelled because SparkContext was shut down")))
        .isInstanceOf(EnvironmentException.class);
    assertThat(
            explained(
                new IllegalStateException("Cannot call methods on a stopped SparkContext.\n...")))
        .isInstanceOf(EnvironmentException.class);
  }

  @Test
  void aTaskWithoutMemoryIsTheEnvironments() {
    assertThat(explained(aborted("java.lang.OutOfMemoryError: Java heap space")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("ran out of memory");
  }

  @Test
  void aFileThatCouldNotBeReadMayBeReadLater() {
    IOException busy = new IOException("PUT 503: Slow Down (Service: S3, Status Code: 503)");

    assertThat(explained(unread("FAILED_READ_FILE.NO_HINT", busy)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining(FILE)
        .hasMessageContaining("503")
        .hasMessageContaining("Run the command again")
        .hasMessageNotContaining("remove");
    assertThat(
            explained(
                unread("FAILED_READ_FILE.NO_HINT", new EOFException("Premature end of content"))))
        .isInstanceOf(EnvironmentException.class);
  }

  @Test
  void aFileWithWrongBytesIsDamaged() {
    Throwable[] damages = {
      unread(
          "FAILED_READ_FILE.NO_HINT",
          new ParquetDecodingException("Can not read value at 1 in block 0")),
      unread("FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER", new IOException("short")),
      unread("FAILED_READ_FILE.NO_HINT", new ChecksumException("Checksum error", 0)),
      unread(
          "FAILED_READ_FILE.NO_HINT",
          new RuntimeException(FILE + " is not a Parquet file. Expected magic number at tail")),
      unread(
          "FAILED_READ_FILE.NO_HINT",
          new RuntimeException("corrupted file: the footer index is not within the file: x"))
    };

    assertThat(damages)
        .allSatisfy(
            damage ->
                assertThat(explained(damage))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("damaged or not Parquet")
                    .hasMessageContaining("part-0.snappy.parquet"));
  }

  @Test
  void aFileOfAnotherTypeIsNotDamaged() {
    SparkError other =
        new SparkError(
            "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
            "KD001",
            "Expected Spark type int, actual Parquet type BINARY.",
            null);

    assertThat(explained(other))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("actual Parquet type BINARY")
        .hasMessageNotContaining("damaged");
  }

  @Test
  void aColumnNamedCorruptIsNoDamage() {
    RuntimeException bug = new IllegalStateException("No slot for column _corrupt_record.");

    assertThat(explained(bug)).isSameAs(bug);
  }

  @Test
  void anUnknownErrorStaysOurBug() {
    IllegalStateException bug = new IllegalStateException("Nobody knows.");

    assertThat(explained(bug)).isSameAs(bug);
  }
}
