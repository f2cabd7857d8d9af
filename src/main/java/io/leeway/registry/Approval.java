package io.leeway.registry;

import io.leeway.domain.UserException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * People let a version out, or do not. An approval is bound to what its giver could see: the digest
 * of the gate's findings, which stands in the entry.
 *
 * <p>So many different people must approve as the model's configuration said when the version was
 * added, and the one who had it trained does not count alone: at least one must be somebody else.
 */
public final class Approval {
  private Approval() {}

  /** Whether the version has been approved by enough people. */
  static boolean isEnough(Version version) {
    Set<String> people =
        version.approvals().stream().map(Version.Given::by).collect(Collectors.toSet());
    return people.size() >= version.approvers()
        && people.stream().anyMatch(by -> !by.equals(version.trainer()));
  }

  /**
   * Approves.
   *
   * @throws UserException if the version is not to be approved: it was not blessed, is superseded,
   *     expired, rejected or out already, or the same person has approved it
   */
  public static NewEntry approve(
      ModelState state, int number, String by, String reason, Instant now) {
    Version version = pending(state, number, now);
    if (version.approvals().stream().anyMatch(given -> given.by().equals(by))) {
      throw new UserException(
          named(state, version)
              + " was approved by "
              + by
              + " already; "
              + version.approvers()
              + " different people are needed"
              + (by.equals(version.trainer()) ? ", one of them not its trainer." : "."));
    }
    return NewEntry.of(
        ActKind.APPROVED,
        number,
        by,
        reason,
        Details.of("evidence", version.evidence(), "digest", version.digest()));
  }

  /**
   * Rejects.
   *
   * @throws UserException if there is nothing to reject
   */
  public static NewEntry reject(
      ModelState state, int number, String by, String reason, Instant now) {
    Version version = state.version(number);
    if (version.stage() != Version.Stage.APPROVED) {
      pending(state, number, now);
    }
    return NewEntry.of(
        ActKind.REJECTED,
        number,
        by,
        reason,
        Details.of("evidence", version.evidence(), "digest", version.digest()));
  }

  /**
   * Lets a version that the gate refused be approved all the same.
   *
   * @param within how long it may then be approved
   * @throws UserException if the gate has not refused it
   */
  public static NewEntry waive(
      ModelState state, int number, String by, String reason, Instant now, Duration within) {
    Version version = state.version(number);
    if (version.stage() != Version.Stage.NOT_BLESSED) {
      throw new UserException(
          named(state, version)
              + " is "
              + version.stage().text()
              + "; only what the gate has refused can be waived.");
    }
    return NewEntry.of(
        ActKind.WAIVED,
        number,
        by,
        reason,
        Details.of("evidence", version.evidence(), "expires", now.plus(within)));
  }

  private static Version pending(ModelState state, int number, Instant now) {
    Version version = state.version(number);
    if (version.stage() == Version.Stage.NOT_BLESSED) {
      throw new UserException(
          named(state, version)
              + " was not blessed by the gate; 'leeway models show' tells why. A person may let it "
              + "pass by 'leeway approve --waive'.");
    }
    if (version.stage() == Version.Stage.SUPERSEDED) {
      throw new UserException(
          named(state, version)
              + " is superseded: a newer version was trained, "
              + state.versions().stream()
                  .filter(of -> of.number() > number)
                  .map(Version::text)
                  .collect(Collectors.joining(", "))
              + ". Approve that one.");
    }
    if (version.stage() != Version.Stage.PENDING_APPROVAL) {
      throw new UserException(
          named(state, version)
              + " is "
              + version.stage().text()
              + "; there is nothing to approve or reject.");
    }
    if (now.isAfter(version.expires())) {
      throw new UserException(
          named(state, version)
              + " could be approved until "
              + version.expires()
              + ". Its evidence is too old by now; run 'leeway retrain' again.");
    }
    String champion = state.champion().map(Version::text).orElse("");
    if (version.champion().isPresent()
        && !champion.isEmpty()
        && !version.champion().get().equals(champion)) {
      throw new UserException(
          named(state, version)
              + " was held against version "
              + version.champion().get()
              + ", but the champion is version "
              + champion
              + " by now. Run 'leeway retrain' again.");
    }
    return version;
  }

  static String named(ModelState state, Version version) {
    return "Version " + version.number() + " of model '" + state.model() + "'";
  }
}
