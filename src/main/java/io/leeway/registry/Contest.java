package io.leeway.registry;

import io.leeway.domain.UserException;
import java.util.Locale;

/** A version is tried beside the champion: on a share of the traffic, or in its shadow. */
public final class Contest {
  private Contest() {}

  /**
   * Begins.
   *
   * @param basisPoints of the traffic, in [1, 9 999]; 0 for the shadow
   * @param salt of the assignment; another one for each test
   * @throws UserException if the version is not approved, or another one is being tried
   */
  public static NewEntry begin(
      ModelState state, int number, int basisPoints, String salt, String by, String reason) {
    Version version = state.version(number);
    boolean shadow = basisPoints == 0;
    boolean outOfTheShadow =
        !shadow
            && state.challenge().filter(of -> of.shadow() && of.version() == number).isPresent();
    if (state.challenge().isPresent() && !outOfTheShadow) {
      Challenge running = state.challenge().get();
      throw new UserException(
          "Model '"
              + state.model()
              + "': version "
              + running.version()
              + " is being tried since "
              + running.since()
              + ". Promote it, or withdraw it by 'leeway rollback --challenger', first.");
    }
    if (version.stage() != Version.Stage.APPROVED && !outOfTheShadow) {
      throw new UserException(notApproved(state, version));
    }
    return NewEntry.of(
        ActKind.CHALLENGED,
        number,
        by,
        reason,
        Details.of(
            "basis_points",
            basisPoints,
            "shadow",
            shadow,
            "salt",
            salt,
            "digest",
            version.digest(),
            "champion",
            state.champion().map(Version::text).orElse(null)));
  }

  /** The next step of the ramp. */
  public static NewEntry ramp(
      ModelState state, int basisPoints, int step, String by, String reason) {
    Challenge running = running(state);
    return NewEntry.of(
        ActKind.RAMPED,
        running.version(),
        by,
        reason,
        Details.of("basis_points", basisPoints, "step", step, "before", running.basisPoints()));
  }

  /** What a look at the test says, which changes nothing by itself. */
  public static NewEntry ruled(
      ModelState state, String ruling, String by, String because, Details more) {
    Challenge running = running(state);
    return NewEntry.of(
        ActKind.RULED,
        running.version(),
        by,
        because,
        more.and("ruling", ruling, "test", running.test()));
  }

  /** The challenger goes; the champion gets all traffic. */
  public static NewEntry withdraw(ModelState state, String by, String reason) {
    Challenge running = running(state);
    return NewEntry.of(
        ActKind.WITHDRAWN,
        running.version(),
        by,
        reason,
        Details.of("test", running.test(), "basis_points", running.basisPoints()));
  }

  private static Challenge running(ModelState state) {
    return state
        .challenge()
        .orElseThrow(
            () -> new UserException("Model '" + state.model() + "' has no challenger now."));
  }

  static String notApproved(ModelState state, Version version) {
    return String.format(
        Locale.ROOT,
        "%s is %s, not approved%s.",
        Approval.named(state, version),
        version.stage().text(),
        version.stage() == Version.Stage.PENDING_APPROVAL
            ? "; it has "
                + version.approvals().size()
                + " of "
                + version.approvers()
                + " approvals. Approve it by 'leeway approve'"
            : "");
  }
}
