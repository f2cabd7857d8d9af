package io.leeway.retrain.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.GateDemand;
import io.leeway.config.GateMetric;
import io.leeway.config.GateRule;
import io.leeway.config.Limit;
import io.leeway.domain.Slice;
import io.leeway.stats.inference.Interval;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvidenceDigestTest {
  private static final GateRule RULE =
      new GateRule(
          GateMetric.LOG_LOSS,
          GateDemand.NO_WORSE_BY,
          Limit.of(0.03),
          List.of(Slice.of("state")),
          Optional.empty(),
          Optional.empty(),
          200,
          true);

  private static CheckDraft draft(String segment) {
    return CheckDraft.of(RULE, Slice.of("state"), segment).n(320).candidate(0.5).champion(0.25);
  }

  // sha256sum of GNU coreutils over what printf makes of: leeway gate evidence 1\n49:log_loss
  // no-worse-by 0.03 in [state]: [state] VIC\n6:slices\n8:log_loss\n7:[state]\n3:VIC\n-\n-\n
  // 3:320\n-\n3:0.5\n4:0.25\n-\n-\n-\n-\n4:PASS\n5:Fine.\n, all on one line.
  private static final String TEXT_DIGEST =
      "9fee632bf013c863b71ae4aac2211349942ce5c25d979e1c70cb9523ac5cc766";

  @Test
  void isTheDigestOfTheWrittenOutText() {
    assertThat(EvidenceDigest.of(List.of(draft("VIC").passes("Fine.")))).isEqualTo(TEXT_DIGEST);
  }

  @Test
  void theOrderOfRowsDoesNotCount() {
    GateCheck one = draft("VIC").passes("Fine.");
    GateCheck other = draft("NSW").passes("Fine.");
    assertThat(EvidenceDigest.of(List.of(one, other)))
        .isEqualTo(EvidenceDigest.of(List.of(other, one)))
        .isNotEqualTo(EvidenceDigest.of(List.of(one)));
    assertThatThrownBy(() -> EvidenceDigest.of(List.of(one, one)))
        .hasMessage("Two checks have one id.");
  }

  @Test
  void whateverIsChangedChangesIt() {
    List<GateCheck> changed = new ArrayList<>();
    changed.add(draft("VIC").passes("Fine."));
    changed.add(draft("VIC").passes("Fine"));
    changed.add(draft("VIC").warns("Fine."));
    changed.add(draft("VIC").n(321).passes("Fine."));
    changed.add(draft("VIC").candidate(Math.nextUp(0.5)).passes("Fine."));
    changed.add(draft("VIC").champion(0.26).passes("Fine."));
    changed.add(draft("VIC").difference(0.25).passes("Fine."));
    changed.add(draft("VIC").limit(0.25).passes("Fine."));
    changed.add(draft("VIC").interval(new Interval(0, 0.25)).passes("Fine."));
    changed.add(draft("VIC").interval(new Interval(0.25, 0.25)).passes("Fine."));
    changed.add(draft("vic").passes("Fine."));
    changed.add(CheckDraft.of(RULE, CheckGroup.SLICES).passes("Fine."));
    changed.add(CheckDraft.of(RULE, CheckGroup.CHANGE).passes("Fine."));
    Set<String> digests = new HashSet<>();
    changed.forEach(check -> digests.add(EvidenceDigest.of(List.of(check))));
    assertThat(digests).hasSameSizeAs(changed);
  }

  @Test
  void aVerdictFollowsFromItsChecks() {
    GateCheck fine = draft("VIC").passes("Fine.");
    GateCheck worse = draft("NSW").fails("Worse.");
    assertThat(Verdict.of(List.of(fine)).isBlessed()).isTrue();
    assertThat(Verdict.of(List.of(fine, worse)).blocking()).containsExactly(worse);
    assertThat(Verdict.of(List.of(fine, worse)).evidenceDigest())
        .isEqualTo(EvidenceDigest.of(List.of(worse, fine)));
    assertThatThrownBy(() -> new Verdict(Verdict.Ruling.BLESSED, List.of(worse)))
        .hasMessage("The ruling BLESSED does not follow from checks.");
    assertThatThrownBy(() -> new Verdict(Verdict.Ruling.BLESSED, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
