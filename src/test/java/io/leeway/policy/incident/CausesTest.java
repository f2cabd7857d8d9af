package io.leeway.policy.incident;

import static io.leeway.policy.incident.Said.segment;
import static io.leeway.policy.incident.Said.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Segment;
import io.leeway.policy.verdict.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the breaches of a day becomes one incident, and where it is said to be. */
class CausesTest {
  private static final Segment[] OTHER_STATES = {state("NSW"), state("QLD"), state("TAS")};
  private static final Segment[] EACH_SEX_IN_VIC = {
    segment("state", "VIC", "sex", "f"), segment("state", "VIC", "sex", "m")
  };

  /** The incidents that they open, the one with most breaches first. */
  private static List<Incident> causes(List<Verdict> verdicts) {
    IncidentBook book = Said.book(List.of(), new Breaches());
    book.judge(verdicts, of -> true, Said.at(9));
    return book.incidents().stream()
        .sorted(
            Comparator.comparing((Incident of) -> -of.breaches())
                .thenComparing(of -> of.home().toString()))
        .toList();
  }

  /** What a change of one column in one state does to all that is judged of the column. */
  private static Said inVictoria(Said said, String column) {
    return said.breach("psi", column, Segment.ALL, state("VIC"))
        .fine("psi", column, OTHER_STATES)
        .breach("psi", column, segment("sex", "f"), segment("sex", "m"))
        .breach("psi", column, EACH_SEX_IN_VIC)
        .fine("psi", column, segment("state", "NSW", "sex", "f"))
        .fine("psi", column, segment("state", "NSW", "sex", "m"));
  }

  @Test
  void aChangeIsAtHomeInTheParentThatHoldsAllOfIt() {
    List<Incident> causes = causes(inVictoria(Said.on(1), "income").verdicts());
    assertThat(causes).hasSize(1);
    assertThat(causes.get(0).home()).hasToString("state=VIC");
    assertThat(causes.get(0).columns()).containsExactly("income");
    assertThat(causes.get(0).breaches()).isEqualTo(6);
  }

  @Test
  void aChangeOfACrossIsAtHomeThere() {
    List<Incident> causes =
        causes(
            Said.on(1)
                .unsure("psi", "income", state("VIC"))
                .fine("psi", "income", OTHER_STATES)
                .breach("psi", "income", segment("state", "VIC", "sex", "f"))
                .fine("psi", "income", segment("state", "VIC", "sex", "m"))
                .fine("psi", "income", segment("state", "NSW", "sex", "f"))
                .fine("psi", "income", segment("state", "NSW", "sex", "m"))
                .verdicts());
    assertThat(causes.get(0).home()).hasToString("state=VIC, sex=f");
  }

  @Test
  void whatIsFoundInMostRowsIsEverywhere() {
    List<Incident> causes =
        causes(
            Said.on(1)
                .breach("psi", "income", Segment.ALL, state("VIC"), state("NSW"), state("QLD"))
                .unsure("psi", "income", state("TAS"))
                .verdicts());
    assertThat(causes.get(0).home()).isEqualTo(Home.EVERYWHERE);
  }

  /** Everybody in one state makes a part of each age band odd, enough to be seen in the largest. */
  @Test
  void ofSlicesOfAsManyColumnsTheSmallestShareIsTheHome() {
    List<Incident> causes =
        causes(
            Said.on(1)
                .breach("psi", "income", Segment.ALL, state("TAS"), segment("age", "36-50"))
                .fine("psi", "income", segment("age", "18-25"), segment("age", "26-35"))
                .fine("psi", "income", state("NSW"), state("QLD"), state("VIC"))
                .verdicts());
    assertThat(causes.get(0).home()).hasToString("state=TAS");
  }

  @Test
  void howTheModelIsServedIsNoMatterOfItsFeatures() {
    List<Incident> causes =
        causes(
            Said.on(1)
                .breach("p95", "operations.latency", Segment.ALL)
                .breach("psi", "purpose", Segment.ALL)
                .breach("accuracy", "", Segment.ALL)
                .verdicts());
    assertThat(causes)
        .extracting(Incident::metrics)
        .containsExactlyInAnyOrder(Set.of("p95"), Set.of("psi", "accuracy"));
  }

  @Test
  void aSegmentThatIsOddByNoiseIsNoPartOfTheHome() {
    List<Incident> causes =
        causes(
            Said.on(1)
                .breach("psi", "income", state("VIC"))
                .odd("psi", "income", state("TAS"))
                .fine("psi", "income", state("NSW"), state("QLD"))
                .verdicts());
    assertThat(causes.get(0).home()).hasToString("state=VIC");
  }

  @Test
  void severalSegmentsOfASliceAreAHome() {
    List<Incident> causes =
        causes(
            Said.on(1)
                .breach("psi", "income", state("VIC"), state("NSW"))
                .fine("psi", "income", state("QLD"), state("TAS"))
                .verdicts());
    assertThat(causes.get(0).home()).hasToString("state=NSW; state=VIC");
  }

  /** The example that the rule is for: one upstream fault, two hundred breaches. */
  @Test
  void aNullBurstInTwentyFeaturesOverTenSegmentsIsOne() {
    Said said = Said.on(1);
    for (int i = 0; i < 20; i++) {
      inVictoria(said, "f" + i)
          .breach(
              "null_rate",
              "f" + i,
              Segment.ALL,
              state("VIC"),
              EACH_SEX_IN_VIC[0],
              EACH_SEX_IN_VIC[1]);
    }
    List<Incident> causes = causes(said.verdicts());
    assertThat(causes).hasSize(1);
    assertThat(causes.get(0).columns()).hasSize(20);
    assertThat(causes.get(0).breaches()).isEqualTo(200);
    assertThat(causes.get(0).home()).hasToString("state=VIC");
  }

  @Test
  void columnsWithOtherHomesAreOthers() {
    List<Incident> causes =
        causes(
            Said.all(
                inVictoria(Said.on(1), "income"),
                Said.on(1)
                    .breach("psi", "age", segment("sex", "f"))
                    .fine("psi", "age", segment("sex", "m"))));
    assertThat(causes).extracting(of -> of.home().toString()).containsExactly("state=VIC", "sex=f");
  }

  /** Who is asked has changed: in all rows for most columns, visible in a part for others. */
  @Test
  void aPartBelongsToTheWholeWhereManyColumnsChange() {
    Said said =
        Said.on(1)
            .breach("psi", "age", segment("sex", "f"))
            .fine("psi", "age", segment("sex", "m"));
    for (int i = 0; i < 4; i++) {
      said.breach("psi", "f" + i, Segment.ALL);
    }
    List<Incident> causes = causes(said.verdicts());
    assertThat(causes).hasSize(1);
    assertThat(causes.get(0).home()).isEqualTo(Home.EVERYWHERE);
    assertThat(causes.get(0).columns()).hasSize(5);
  }

  @Test
  void aPartIsItsOwnWhereFewColumnsChangeInTheWhole() {
    Said said =
        Said.on(1)
            .breach("psi", "age", segment("sex", "f"))
            .fine("psi", "age", segment("sex", "m"))
            .breach("psi", "purpose", Segment.ALL);
    assertThat(causes(said.verdicts())).hasSize(2);
  }

  @Test
  void whatFollowsFromAColumnIsPartOfIt() {
    List<Incident> causes =
        causes(
            Said.all(
                inVictoria(Said.on(1), "income"),
                Said.on(1)
                    .breach("psi", "score", Segment.ALL, state("VIC"))
                    .fine("psi", "score", OTHER_STATES)
                    .breach("accuracy", "", Segment.ALL)));
    assertThat(causes).hasSize(1);
    assertThat(causes.get(0).columns()).containsExactly("income");
    assertThat(causes.get(0).metrics()).containsExactlyInAnyOrder("psi", "accuracy");
  }

  @Test
  void whatFollowsInOtherRowsIsNot() {
    List<Incident> causes =
        causes(
            Said.all(
                inVictoria(Said.on(1), "income"),
                Said.on(1)
                    .breach("accuracy", "", state("TAS"))
                    .fine("accuracy", "", state("VIC"), state("NSW"), state("QLD"))));
    assertThat(causes)
        .extracting(of -> of.home().toString())
        .containsExactly("state=VIC", "state=TAS");
  }

  @Test
  void aGapBetweenGroupsJoinsWhatHappenedToOneOfThem() {
    List<Incident> causes =
        causes(
            Said.on(1)
                .breach("accuracy", "", segment("sex", "f"))
                .fine("accuracy", "", segment("sex", "m"))
                .breach("equalized_odds_difference_supported", "sex", Segment.ALL)
                .verdicts());
    assertThat(causes).hasSize(1);
    assertThat(causes.get(0).home()).hasToString("sex=f");
  }

  @Test
  void aGapBetweenGroupsIsItsOwnWhereAColumnChangesInOtherRows() {
    List<Incident> causes =
        causes(
            Said.all(
                inVictoria(Said.on(1), "income"),
                Said.on(1).breach("psi", "purpose", Segment.ALL),
                Said.on(1).breach("demographic_parity_difference_supported", "sex", Segment.ALL)));
    assertThat(causes)
        .extracting(Incident::headline)
        .containsExactlyInAnyOrder(
            "psi of 'income' in state=VIC",
            "psi of 'purpose' in all rows",
            "demographic_parity_difference_supported of 'sex' in all rows");
  }

  @Test
  void howItIsServedIsAMatterOfItsOwn() {
    List<Incident> causes =
        causes(
            Said.all(
                Said.on(1).breach("psi", "income", Segment.ALL),
                Said.on(1).breach("failure_rate", "", Segment.ALL)));
    assertThat(causes).hasSize(2);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOrderOfVerdictsDoesNotMatter(long seed) {
    List<Verdict> verdicts =
        new ArrayList<>(
            Said.all(
                inVictoria(Said.on(1), "income"),
                inVictoria(Said.on(1), "debt"),
                Said.on(1)
                    .breach("psi", "age", segment("sex", "f"))
                    .fine("psi", "age", segment("sex", "m")),
                Said.on(1).breach("accuracy", "", Segment.ALL)));
    List<String> inOrder = causes(verdicts).stream().map(CausesTest::told).toList();
    Collections.shuffle(verdicts, new Random(seed));
    assertThat(causes(verdicts).stream().map(CausesTest::told)).isEqualTo(inOrder);
  }

  private static String told(Incident cause) {
    return cause.home() + " " + new TreeSet<>(cause.columns()) + " " + cause.breaches();
  }

  @Test
  void quietMeansNoCause() {
    assertThat(causes(Said.on(1).fine("psi", "income", Segment.ALL).verdicts())).isEmpty();
  }
}
