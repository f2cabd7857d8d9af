package io.leeway.policy.notice;

import io.leeway.config.ChannelConfig;
import java.time.Instant;
import java.util.List;

/**
 * What becomes of notices that are pending.
 *
 * @param sendings what is to be sent now, in this order
 * @param waiting what is to be sent later
 * @param settled what will not be sent on a channel, and why; to be recorded like attempts
 */
public record Plan(List<Sending> sendings, List<Waiting> waiting, List<Attempt> settled) {

  /** One notice for one channel: the only one of {@code tries}, or the digest of them. */
  public record Sending(ChannelConfig channel, Notice notice, List<Try> tries) {
    public Sending {
      tries = List.copyOf(tries);
      if (tries.isEmpty()) {
        throw new IllegalArgumentException("Notice " + notice.id() + " stands for none.");
      }
    }

    /** What came of it, for each notice that it stands for. */
    public List<Attempt> attempts(Delivery delivery, Instant at) {
      return tries.stream()
          .map(of -> Attempt.of(of.notice, channel.name(), at, of.told(delivery)))
          .toList();
    }
  }

  /** A try to deliver a notice, the {@code number}-th of {@code most}. */
  public record Try(Notice notice, int number, int most) {
    private Delivery told(Delivery delivery) {
      return number < most ? delivery : delivery.afterLast(number);
    }
  }

  /** A notice that does not go to a channel before {@code until}. */
  public record Waiting(Notice notice, String channel, Instant until, String reason) {}

  public Plan {
    sendings = List.copyOf(sendings);
    waiting = List.copyOf(waiting);
    settled = List.copyOf(settled);
  }
}
