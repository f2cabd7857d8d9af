package io.leeway.registry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that holds a lease, so that another one of the same machine can tell whether it has
 * died.
 *
 * @param host its machine's name
 * @param started since numbers of processes are given out again
 */
public record Holder(String host, long process, Optional<Instant> started) {
  private static final String BETWEEN = "/";

  static Holder ofThisProcess() {
    ProcessHandle own = ProcessHandle.current();
    return new Holder(hostName(), own.pid(), own.info().startInstant());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine without a name of its own: it is known by no other process either.
      return "";
    }
  }

  /** As it was written by {@link #text}; empty for anything else. */
  static Optional<Holder> read(String text) {
    String[] parts = text.split(BETWEEN, -1);
    if (parts.length != 3 || !parts[1].matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Holder(
            parts[0],
            Long.parseLong(parts[1]),
            parts[2].isEmpty() ? Optional.empty() : Optional.of(Instant.parse(parts[2]))));
  }

  String text() {
    return host + BETWEEN + process + BETWEEN + started.map(Instant::toString).orElse("");
  }

  /**
   * Whether it surely no longer works: it is this process, which asks anew, or there is no such
   * process on this machine. Of another machine nobody here can tell.
   */
  boolean isGone() {
    Holder own = ofThisProcess();
    if (host.isEmpty() || !host.equals(own.host)) {
      return false;
    }
    return equals(own)
        || ProcessHandle.of(process)
            .filter(ProcessHandle::isAlive)
            .filter(of -> of.info().startInstant().equals(started))
            .isEmpty();
  }
}
