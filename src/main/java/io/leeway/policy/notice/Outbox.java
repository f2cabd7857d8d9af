package io.leeway.policy.notice;

import io.leeway.config.ChannelConfig;
import io.leeway.config.NoticesConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what goes out. Pure: the same notices, attempts and clock give the same plan.
 *
 * <ul>
 *   <li>A channel is told of an incident in the order in which things happened; what stands behind
 *       a notice that has to wait waits, too.
 *   <li>What is below the channel's least severity is not sent; the end of an incident is, if its
 *       channel has heard of it, and only then. What was pending before the end is not sent any
 *       more.
 *   <li>Quiet hours hold back what is less severe than they let through. Where a later notice of
 *       the incident is let through, those held before it are not sent any more.
 *   <li>A failed try is repeated after 10 seconds, then 1 minute, 6 minutes, 10 minutes and so on,
 *       up to the configured number of tries. What was written more than 35 days ago is given up,
 *       whatever tries it has left, and counts as failed.
 *   <li>More notices of one model at once than the configured number become one digest.
 *       Alertmanager groups by itself and needs each incident, so it gets no digests; nor are ends
 *       of incidents folded for PagerDuty, which would not know of them.
 * </ul>
 */
public final class Outbox {
  private final NoticesConfig config;

  public Outbox(NoticesConfig config) {
    this.config = config;
  }

  /**
   * The plan for all channels that take notices.
   *
   * @param notices those that may be pending, of one moment in the order in which they were
   *     written; what an attempt has settled is left alone
   * @param attempts all that are known of the incidents of these notices
   */
  public Plan plan(Collection<Notice> notices, Collection<Attempt> attempts, Instant now) {
    Map<String, List<Notice>> byIncident = new LinkedHashMap<>();
    notices.stream()
        .sorted(Comparator.comparing(Notice::at))
        .forEach(
            of -> byIncident.computeIfAbsent(of.incidentId(), id -> new ArrayList<>()).add(of));
    List<Plan.Sending> sendings = new ArrayList<>();
    List<Plan.Waiting> waiting = new ArrayList<>();
    List<Attempt> settled = new ArrayList<>();
    for (ChannelConfig channel : config.channels()) {
      if (channel.takesNotices()) {
        Turn turn = new Turn(config, channel, attempts, now);
        byIncident.values().forEach(turn::add);
        sendings.addAll(turn.sendings());
        waiting.addAll(turn.waiting());
        settled.addAll(turn.settled());
      }
    }
    return new Plan(sendings, waiting, settled);
  }
}
