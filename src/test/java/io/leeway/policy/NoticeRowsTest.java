package io.leeway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Window;
import io.leeway.policy.incident.Change;
import io.leeway.policy.incident.Course;
import io.leeway.policy.incident.Home;
import io.leeway.policy.incident.Incident;
import io.leeway.policy.incident.Sign;
import io.leeway.policy.verdict.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticeRowsTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant LAST_BAD = Instant.parse("2026-04-01T00:00:00Z");
  private static final Predicate<Instant> YOUNG = LAST_BAD.minusMillis(1)::isBefore;
  private static final Predicate<Instant> OLD = LAST_BAD::isBefore;

  private static Change change(Change.Event event) {
    Incident incident =
        new Incident(
            "i1",
            Incident.State.OPEN,
            Severity.RETRAIN,
            Home.EVERYWHERE,
            Set.of(new Sign(Sign.Kind.COLUMN, "income")),
            Set.of("psi"),
            Set.of(),
            Set.of("psi above 0.1"),
            "psi is 0.3.",
            START,
            1,
            new Course(Map.of("1 month", new Window(START, LAST_BAD)), Map.of(), LAST_BAD, 1),
            new Incident.Moments(LAST_BAD, Optional.empty(), Optional.empty(), Optional.empty()),
            Duration.ofDays(7),
            Optional.empty(),
            Optional.empty());
    return new Change(event, incident, "as it is");
  }

  @ParameterizedTest
  @EnumSource(
      value = Change.Event.class,
      names = {"OPENED", "REOPENED", "ESCALATED", "UPDATED"})
  void whatBeginsOrGoesOnIsNewsWhileItsLastBadWindowIsYoung(Change.Event event) {
    assertThat(NoticeRows.isNews(change(event), YOUNG)).isTrue();
    assertThat(NoticeRows.isNews(change(event), OLD)).isFalse();
  }

  /** Monthly windows, or labels that come late: it ends when its last bad window is old. */
  @Test
  void anEndIsNewsWhateverTheAgeOfTheLastBadWindow() {
    assertThat(NoticeRows.isNews(change(Change.Event.RESOLVED), YOUNG)).isTrue();
    assertThat(NoticeRows.isNews(change(Change.Event.RESOLVED), OLD)).isTrue();
  }
}
