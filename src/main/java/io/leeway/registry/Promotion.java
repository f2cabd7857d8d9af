package io.leeway.registry;

import io.leeway.domain.UserException;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which version serves. One entry each: no data is read, nothing is copied, and going back needs
 * nobody's approval.
 */
public final class Promotion {
  private static final Set<Version.Stage> LET_OUT =
      Set.of(Version.Stage.APPROVED, Version.Stage.SHADOW, Version.Stage.CHALLENGER);

  private static final Set<Version.Stage> WAS_CHAMPION =
      Set.of(Version.Stage.RETIRED, Version.Stage.ROLLED_BACK);

  private Promotion() {}

  /**
   * Makes a version champion.
   *
   * @param isTested whether its test must have said SHIP
   * @throws UserException if it is champion, not approved, or not shipped by its test
   */
  public static NewEntry promote(
      ModelState state, int number, boolean isTested, String by, String reason) {
    Version version = state.version(number);
    if (version.stage() == Version.Stage.CHAMPION) {
      throw new UserException(Approval.named(state, version) + " is champion already.");
    }
    if (WAS_CHAMPION.contains(version.stage())) {
      throw new UserException(
          Approval.named(state, version)
              + " was champion before; go back to it by 'leeway rollback --to "
              + number
              + "'.");
    }
    if (!LET_OUT.contains(version.stage())) {
      throw new UserException(Contest.notApproved(state, version));
    }
    if (isTested && version.ruling().filter("SHIP"::equals).isEmpty()) {
      throw new UserException(
          Approval.named(state, version)
              + " has not won a test"
              + version.ruling().map(ruling -> "; the last look said " + ruling).orElse("")
              + ". Let it challenge the champion by 'leeway promote --to challenger', or promote it "
              + "all the same by --untested, which is put on record.");
    }
    return NewEntry.of(
        ActKind.PROMOTED,
        number,
        by,
        reason,
        Details.of(
            "from",
            state.champion().map(Version::text).orElse(null),
            "digest",
            version.digest(),
            "tested",
            version.ruling().orElse(null)));
  }

  /**
   * Goes back to an earlier champion.
   *
   * @param to any that was champion, be it one that was taken back; the last one that is kept warm
   *     unless given
   * @throws UserException if there is none to go back to, or it never was champion
   */
  public static NewEntry rollBack(ModelState state, OptionalInt to, String by, String reason) {
    String from =
        state
            .champion()
            .map(Version::text)
            .orElseThrow(
                () ->
                    new UserException(
                        "Model '" + state.model() + "' has no champion to roll back from."));
    if (to.isEmpty() && state.warm().isEmpty()) {
      throw new UserException(
          "Model '"
              + state.model()
              + "': version "
              + from
              + " has no champion before it that is kept. Train another, or let the circuit's "
              + "fallback serve by 'leeway circuit open'.");
    }
    int target = to.isPresent() ? to.getAsInt() : state.warm().get(0);
    Version version = state.version(target);
    if (version.stage() == Version.Stage.CHAMPION) {
      throw new UserException(Approval.named(state, version) + " is champion already.");
    }
    if (!WAS_CHAMPION.contains(version.stage())) {
      throw new UserException(
          Approval.named(state, version)
              + " is "
              + version.stage().text()
              + " and never was champion. "
              + (state.warm().isEmpty()
                  ? "'leeway models list' shows which were."
                  : "The last ones were " + state.warm() + "; name one of them."));
    }
    return NewEntry.of(
        ActKind.ROLLED_BACK,
        target,
        by,
        reason,
        Details.of("from", from, "digest", version.digest()));
  }
}
