package io.leeway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.UserException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ModelStateTest {

  private static Version.Stage stage(RegistryStory story, int version) {
    return story.state().version(version).stage();
  }

  @Test
  void aBlessedVersionGoesFromApprovalOverItsTestToChampion() {
    RegistryStory story = new RegistryStory("m").trains(true, 1);
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.PENDING_APPROVAL);
    assertThat(story.state().champion()).isEmpty();

    story.approves(1, "anna");
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.APPROVED);

    story.does(state -> Contest.begin(state, 1, 1_000, "s1", "olga", "try it"));
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.CHALLENGER);
    assertThat(story.state().challenge().orElseThrow().basisPoints()).isEqualTo(1_000);

    story.does(state -> Contest.ramp(state, 2_500, 1, "leeway", "a day has passed"));
    Challenge ramped = story.state().challenge().orElseThrow();
    assertThat(ramped.basisPoints()).isEqualTo(2_500);
    assertThat(ramped.step()).isEqualTo(1);
    assertThat(ramped.salt()).isEqualTo("s1");

    story.does(state -> Contest.ruled(state, "SHIP", "leeway", "it is better", Details.NONE));
    story.does(state -> Promotion.promote(state, 1, true, "olga", "it won"));
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.CHAMPION);
    assertThat(story.state().challenge()).isEmpty();
    assertThat(story.chain().faults(java.util.OptionalLong.empty())).isEmpty();
  }

  @Test
  void aTestThatMustBeWonIsNotJumped() {
    RegistryStory story = new RegistryStory("m").trains(true, 1).approves(1, "anna");

    assertThatThrownBy(() -> Promotion.promote(story.state(), 1, true, "olga", "hurry"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has not won a test")
        .hasMessageContaining("--untested");
  }

  @Test
  void whatTheGateRefusedIsNotApprovedUnlessSomebodyWaivesIt() {
    RegistryStory story = new RegistryStory("m").trains(false, 1);
    assertThatThrownBy(() -> story.approves(1, "anna"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not blessed by the gate");

    story.does(
        state -> Approval.waive(state, 1, "anna", "a drill", story.now(), Duration.ofHours(5)));
    story.approves(1, "anna");

    assertThat(stage(story, 1)).isEqualTo(Version.Stage.APPROVED);
  }

  @Test
  void theTrainerDoesNotApproveAlone() {
    RegistryStory story = new RegistryStory("m").trains(true, 1).approves(1, "tess");
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.PENDING_APPROVAL);
    assertThatThrownBy(() -> story.approves(1, "tess"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("approved by tess already");

    story.approves(1, "anna");
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.APPROVED);
  }

  @Test
  void asManyPeopleMustApproveAsWereAskedFor() {
    RegistryStory story = new RegistryStory("m").trains(true, 2).approves(1, "anna");
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.PENDING_APPROVAL);
    assertThatThrownBy(() -> story.promotes(1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1 of 2 approvals");

    story.approves(1, "bert");
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.APPROVED);
  }

  @Test
  void anApprovalComesTooLateAfterItsTime() {
    RegistryStory story = new RegistryStory("m").trains(true, 1);

    assertThatThrownBy(
            () ->
                Approval.approve(
                    story.state(), 1, "anna", "ok", story.now().plus(Duration.ofHours(80))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("could be approved until 2026-01-04T01:00:00Z");
  }

  @Test
  void aNewerVersionSupersedesOneThatIsNotOutYet() {
    RegistryStory story = new RegistryStory("m").trains(true, 1).trains(true, 1);
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.SUPERSEDED);

    assertThatThrownBy(() -> story.approves(1, "anna"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("superseded")
        .hasMessageContaining("newer version was trained, 2");
  }

  @Test
  void anApprovalRestsOnTheChampionThatItWasHeldAgainst() {
    RegistryStory story =
        new RegistryStory("m")
            .trains(true, 1)
            .approves(1, "anna")
            .promotes(1)
            .trains(true, 1)
            .approves(2, "anna")
            .promotes(2)
            .trains(true, 1);
    story.does(state -> Promotion.rollBack(state, OptionalInt.empty(), "olga", "2 is worse"));

    assertThat(story.state().champion().orElseThrow().number()).isEqualTo(1);
    assertThat(stage(story, 2)).isEqualTo(Version.Stage.ROLLED_BACK);
    assertThatThrownBy(() -> story.approves(3, "anna"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("held against version 2, but the champion is version 1");
  }

  @Test
  void rollingBackGoesBehindAllThatWereCrownedSince() {
    RegistryStory story = new RegistryStory("m");
    for (int version = 1; version <= 5; version++) {
      story.trains(true, 1).approves(version, "anna").promotes(version);
    }
    assertThat(story.state().warm()).containsExactly(4, 3, 2);

    story.does(state -> Promotion.rollBack(state, OptionalInt.of(3), "olga", "3 was best"));
    assertThat(story.state().champion().orElseThrow().number()).isEqualTo(3);
    // 4 came after 3, so to go back once more leads to 2.
    assertThat(story.state().warm()).containsExactly(2);
    assertThat(stage(story, 5)).isEqualTo(Version.Stage.ROLLED_BACK);

    story.does(state -> Promotion.rollBack(state, OptionalInt.of(5), "olga", "it was not 5"));
    assertThat(story.state().champion().orElseThrow().number()).isEqualTo(5);
    // As if 5 were promoted: what served before it is kept.
    assertThat(story.state().warm()).containsExactly(3, 2);
    assertThat(stage(story, 3)).isEqualTo(Version.Stage.RETIRED);
  }

  @Test
  void whatNeverWasChampionIsNotGoneBackTo() {
    RegistryStory story = new RegistryStory("m");
    for (int version = 1; version <= 2; version++) {
      story.trains(true, 1).approves(version, "anna").promotes(version);
    }
    story.trains(true, 1);

    assertThatThrownBy(
            () -> Promotion.rollBack(story.state(), OptionalInt.of(3), "olga", "on to 3"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("pending approval and never was champion. The last ones were [1]");
    assertThatThrownBy(
            () -> Promotion.rollBack(story.state(), OptionalInt.of(2), "olga", "to itself"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is champion already");
    assertThatThrownBy(() -> Promotion.promote(story.state(), 1, false, "olga", "back"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'leeway rollback --to 1'");
  }

  @Test
  void aTestIsVoidOnceTheChampionIsAnother() {
    RegistryStory story = new RegistryStory("m");
    for (int version = 1; version <= 2; version++) {
      story.trains(true, 1).approves(version, "anna").promotes(version);
    }
    story.trains(true, 1).approves(3, "anna");
    story.does(state -> Contest.begin(state, 3, 1_000, "s", "olga", "try it"));
    story.does(state -> Contest.ruled(state, "SHIP", "leeway", "better than 2", Details.NONE));

    story.does(state -> Promotion.rollBack(state, OptionalInt.empty(), "olga", "2 is ill"));

    assertThat(story.state().challenge()).isEmpty();
    assertThat(stage(story, 3)).isEqualTo(Version.Stage.APPROVED);
    assertThatThrownBy(() -> Promotion.promote(story.state(), 3, true, "olga", "it won"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has not won a test");
    story.does(state -> Contest.begin(state, 3, 1_000, "s2", "olga", "against 1 now"));
    assertThat(stage(story, 3)).isEqualTo(Version.Stage.CHALLENGER);
  }

  @Test
  void thereIsNothingToRollBackToBeforeTheSecondChampion() {
    RegistryStory story = new RegistryStory("m").trains(true, 1).approves(1, "anna").promotes(1);

    assertThatThrownBy(
            () -> Promotion.rollBack(story.state(), OptionalInt.empty(), "olga", "worse"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no champion before it");
  }

  @Test
  void oneVersionIsTriedAtATime() {
    RegistryStory story = new RegistryStory("m").trains(true, 1).approves(1, "anna");
    story.does(state -> Contest.begin(state, 1, 0, "s", "olga", "in the shadow first"));
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.SHADOW);
    story.does(state -> Contest.begin(state, 1, 100, "s", "olga", "out of the shadow"));
    story.trains(true, 1).approves(2, "anna");

    assertThatThrownBy(() -> Contest.begin(story.state(), 2, 100, "s", "olga", "me too"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("version 1 is being tried");

    story.does(state -> Contest.withdraw(state, "leeway", "a guardrail was broken"));
    assertThat(stage(story, 1)).isEqualTo(Version.Stage.WITHDRAWN);
    assertThat(story.state().challenge()).isEmpty();
  }

  /** Process 1 lives as long as its machine; no process has the greatest number. */
  @Test
  void aRunIsNotGoneOnWithWhileItsProcessMayLive() {
    Holder own = Holder.ofThisProcess();
    Holder init =
        new Holder(own.host(), 1, ProcessHandle.of(1).flatMap(of -> of.info().startInstant()));
    Holder dead = new Holder(own.host(), 999_999_999_999L, own.started());
    Holder reused = new Holder(own.host(), 1, Optional.of(RegistryStory.START));
    Holder elsewhere = new Holder("another-machine", 999_999_999_999L, own.started());
    assertThat(Holder.read(dead.text())).contains(dead);
    assertThat(Holder.read("what/is/this")).isEmpty();

    for (Holder holder : List.of(own, dead, reused)) {
      assertThat(holder.isGone()).as(holder.text()).isTrue();
    }
    for (Holder holder : List.of(init, elsewhere)) {
      assertThat(holder.isGone()).as(holder.text()).isFalse();
      RegistryStory story = new RegistryStory("m");
      Lease lease =
          new Lease("r1", "a1", "tess", story.now().plus(Duration.ofHours(3)), Optional.of(holder));
      story.does(state -> Lease.take(state, lease, "a breach", story.now(), Details.NONE));
      assertThatThrownBy(() -> Lease.requireDead(story.state(), "r1", story.now()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("on " + holder.host())
          .hasMessageContaining("--run-id r1");
      Lease.requireDead(story.state(), "r1", story.now().plus(Duration.ofHours(4)));
    }
  }

  @Test
  void aLeaseKeepsOtherRunsOutUntilItEndsByItself() {
    RegistryStory story = new RegistryStory("m");
    Lease first = new Lease("r1", "a1", "tess", story.now().plus(Duration.ofHours(3)));
    story.does(state -> Lease.take(state, first, "a breach", story.now(), Details.NONE));
    Lease other = new Lease("r2", "a2", "tim", story.now().plus(Duration.ofHours(9)));

    assertThatThrownBy(() -> Lease.take(story.state(), other, "me", story.now(), Details.NONE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("run r1, asked for by tess on ");

    // This very process took it, and asks anew: so it is not at it any more.
    Lease.requireDead(story.state(), "r1", story.now());
    Lease again = new Lease("r1", "a3", "tess", story.now().plus(Duration.ofHours(3)));
    story.does(state -> Lease.take(state, again, "after a crash", story.now(), Details.NONE));
    assertThat(Lease.isHeldBy(story.state(), "a3")).isTrue();
    assertThatThrownBy(() -> Lease.require(story.state(), "a1"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("lost its lease to run r1");

    NewEntry late =
        Lease.take(story.state(), other, "me", story.now().plus(Duration.ofHours(8)), Details.NONE);
    assertThat(late.kind()).isEqualTo(ActKind.RETRAIN_STARTED);
  }
}
