package io.leeway.monitor;

/** Where a job says, in plain words, what it is doing. */
@FunctionalInterface
public interface Progress {
  /** Takes one line. */
  void say(String line);
}
