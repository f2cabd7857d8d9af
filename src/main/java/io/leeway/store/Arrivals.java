package io.leeway.store;

import io.leeway.domain.Window;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * When the rows of a table's version came in, file by file, as far as its log tells: a row came
 * with the commit that first added its file. Times and commits are told to the millisecond.
 *
 * @param files that may hold rows of the stretch asked for, in no fixed order
 * @param newest of the whole table; empty where no row has a time, or the commit has none
 * @param untold why the log does not tell which files hold rows of the stretch; empty where it does
 */
public record Arrivals(List<Arrived> files, Optional<Newest> newest, Optional<String> untold) {
  public Arrivals {
    files = List.copyOf(files);
  }

  /** The log tells nothing. */
  static Arrivals untold(String why) {
    return new Arrivals(List.of(), Optional.empty(), Optional.of(why));
  }

  /**
   * A file with rows that have a time.
   *
   * @param rows of it that have a time, at least 1
   * @param first the earliest time of a row in it
   * @param last the latest time of a row in it
   * @param committed when its rows came; empty where that is {@code untold}
   * @param untold why it is not known when they came, or how many they are
   */
  public record Arrived(
      long rows,
      Instant first,
      Instant last,
      Optional<Instant> committed,
      Optional<String> untold) {
    public Arrived {
      if (rows < 1 || last.isBefore(first) || committed.isPresent() == untold.isPresent()) {
        throw new IllegalArgumentException(
            "A file has rows, whose times have an order, and either a commit or a reason for none: "
                + rows
                + " rows from "
                + first
                + " to "
                + last
                + ", "
                + committed
                + untold);
      }
    }

    /** A file whose rows came with one commit. */
    public static Arrived at(Instant committed, long rows, Instant first, Instant last) {
      return new Arrived(rows, first, last, Optional.of(committed), Optional.empty());
    }

    /** A file of which it is not known when its rows came. */
    public static Arrived untold(String why, long rows, Instant first, Instant last) {
      return new Arrived(rows, first, last, Optional.empty(), Optional.of(why));
    }

    /** Whether a row of it may lie in a window. */
    public boolean mayReach(Window window) {
      return !last.isBefore(window.start()) && first.isBefore(window.end());
    }
  }

  /**
   * Between which instants the newest row lies that was not in the future when the version was
   * committed.
   *
   * @param committed when the version was
   */
  public record Newest(Instant committed, Instant atLeast, Instant atMost) {
    public Newest {
      Objects.requireNonNull(committed, "committed");
      if (atMost.isBefore(atLeast) || committed.isBefore(atMost)) {
        throw new IllegalArgumentException(
            "The newest row lies between "
                + atLeast
                + " and "
                + atMost
                + ", not after "
                + committed
                + ".");
      }
    }
  }
}
