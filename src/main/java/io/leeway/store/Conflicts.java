package io.leeway.store;

import io.delta.exceptions.ConcurrentTransactionException;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.leeway.domain.EnvironmentException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkThrowable;

/** What Delta says when another writer was faster; nothing was written then. */
final class Conflicts {
  /** How often to try again before the conflict is the environment's fault. */
  static final int ATTEMPTS = 20;

  private static final Set<String> TAKEN =
      Set.of("DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION", "TABLE_OR_VIEW_ALREADY_EXISTS");

  private static final long LONGEST_PAUSE_MILLIS = 500;

  private Conflicts() {}

  /** Whether the commit was refused because of another one. */
  static boolean with(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof DeltaConcurrentModificationException) {
        return true;
      }
    }
    return false;
  }

  /** Whether another one committed under the same transaction identifier. */
  static boolean overIdentifier(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof ConcurrentTransactionException) {
        return true;
      }
    }
    return false;
  }

  /** Whether a table could not be made because another one made it, or is about to. */
  static boolean overTable(Throwable error) {
    if (error instanceof SparkThrowable known
        && TAKEN.contains(String.valueOf(known.getCondition()))) {
      return true;
    }
    return with(error);
  }

  /**
   * Waits 10 to 20 ms after the first attempt, twice that after the second, at most half a second;
   * each writer another time, so that losers do not meet again.
   */
  static void pause(int attempt) {
    long longest = Math.min(LONGEST_PAUSE_MILLIS, 20L << Math.min(attempt, 5));
    try {
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("The job was interrupted while it waited for a writer.", e);
    }
  }
}
