package io.leeway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditChainTest {
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private final List<AuditEntry> written =
      new RegistryStory("m").trains(true, 1).approves(1, "anna").promotes(1).chain().entries();

  private static List<Long> faults(List<AuditEntry> entries, OptionalLong taken) {
    return AuditChain.of("m", entries).faults(taken).stream()
        .map(AuditChain.Fault::sequence)
        .toList();
  }

  @Test
  void hasNoFaultsAsItWasWritten() {
    assertThat(faults(written, OptionalLong.of(4))).isEmpty();
    assertThat(faults(List.of(), UNKNOWN)).isEmpty();
  }

  /** The hash by the formula of the Javadoc, put together here by hand. */
  @Test
  void hashesWhatTheFormulaSays() throws Exception {
    AuditEntry entry =
        AuditEntry.after(
            AuditEntry.FIRST,
            "m",
            1,
            "e",
            NewEntry.of(ActKind.PROMOTED, 12, "ölga", "why", Details.of("b", 2, "a", "x")),
            "1.0",
            Instant.parse("1970-01-01T00:00:01.000002Z"));
    String text =
        "64:"
            + "0".repeat(64)
            + "\n1:m\n1:1\n1:e\n8:PROMOTED\n2:12\n5:ölga\n3:why\n15:{\"a\":\"x\",\"b\":2}\n3:1.0\n"
            + "7:1000002\n";

    assertThat(entry.hash())
        .isEqualTo(
            HexFormat.of()
                .formatHex(
                    MessageDigest.getInstance("SHA-256")
                        .digest(text.getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void namesTheEntryThatWasRemoved(int removed) {
    List<AuditEntry> left = new ArrayList<>(written);
    left.remove(removed);

    assertThat(faults(left, OptionalLong.of(4))).containsExactly(removed + 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void namesTheEntryThatWasChangedWhateverWasChanged(int at) {
    List<UnaryOperator<AuditEntry>> changes =
        List.of(
            of -> with(of, of.eventId() + "x", of.act(), of.codeVersion(), of.at()),
            of -> with(of, of.eventId(), act(of, ActKind.UNKNOWN), of.codeVersion(), of.at()),
            of -> with(of, of.eventId(), by(of, "eve"), of.codeVersion(), of.at()),
            of -> with(of, of.eventId(), because(of, "no reason"), of.codeVersion(), of.at()),
            of -> with(of, of.eventId(), about(of, 77), of.codeVersion(), of.at()),
            of -> with(of, of.eventId(), saying(of, "{\"x\":1}"), of.codeVersion(), of.at()),
            of -> with(of, of.eventId(), of.act(), "other", of.at()),
            of -> with(of, of.eventId(), of.act(), of.codeVersion(), of.at().plusMillis(1)));
    for (UnaryOperator<AuditEntry> change : changes) {
      List<AuditEntry> changed = new ArrayList<>(written);
      changed.replaceAll(of -> of.sequence() == at + 1 ? change.apply(of) : of);

      assertThat(faults(changed, UNKNOWN)).contains(at + 1L);
    }
  }

  /** A forger who computes the changed entry's own hash anew breaks the chain at the next one. */
  @Test
  void namesTheEntryAfterOneThatWasForgedWithItsHash() {
    List<AuditEntry> forged = new ArrayList<>(written);
    AuditEntry old = written.get(1);
    forged.set(
        1,
        AuditEntry.after(
            old.previousHash(), "m", 2, old.eventId(), by(old, "eve"), "test", old.at()));

    assertThat(faults(forged, UNKNOWN)).containsExactly(3L);
  }

  @Test
  void namesEntriesThatChangedPlaces() {
    List<AuditEntry> swapped = new ArrayList<>(written);
    Collections.swap(swapped, 1, 2);
    List<AuditEntry> numbered = new ArrayList<>();
    for (int i = 0; i < swapped.size(); i++) {
      AuditEntry of = swapped.get(i);
      numbered.add(
          new AuditEntry(
              of.model(),
              i + 1,
              of.eventId(),
              of.act(),
              of.codeVersion(),
              of.at(),
              of.previousHash(),
              of.hash()));
    }

    assertThat(faults(numbered, UNKNOWN)).contains(2L, 3L);
  }

  @Test
  void namesAnEntryThatIsThereTwice() {
    List<AuditEntry> twice = new ArrayList<>(written);
    twice.add(written.get(2));

    assertThat(faults(twice, UNKNOWN)).containsExactly(3L);
  }

  @Test
  void cannotSeeThatTheEndIsMissingUnlessTheStorageTells() {
    assertThat(faults(written.subList(0, 3), UNKNOWN)).isEmpty();
    assertThat(faults(written.subList(0, 3), OptionalLong.of(4))).containsExactly(4L);
    assertThat(faults(List.of(), OptionalLong.of(2))).containsExactly(1L, 2L);
  }

  private static AuditEntry with(
      AuditEntry of, String event, NewEntry act, String code, Instant at) {
    return new AuditEntry(
        of.model(), of.sequence(), event, act, code, at, of.previousHash(), of.hash());
  }

  private static NewEntry act(AuditEntry of, ActKind kind) {
    NewEntry act = of.act();
    return new NewEntry(kind, act.version(), act.actor(), act.reason(), act.details());
  }

  private static NewEntry by(AuditEntry of, String actor) {
    NewEntry act = of.act();
    return new NewEntry(act.kind(), act.version(), actor, act.reason(), act.details());
  }

  private static NewEntry because(AuditEntry of, String reason) {
    NewEntry act = of.act();
    return new NewEntry(act.kind(), act.version(), act.actor(), reason, act.details());
  }

  private static NewEntry about(AuditEntry of, int version) {
    NewEntry act = of.act();
    return new NewEntry(
        act.kind(), OptionalInt.of(version), act.actor(), act.reason(), act.details());
  }

  private static NewEntry saying(AuditEntry of, String json) {
    NewEntry act = of.act();
    return new NewEntry(act.kind(), act.version(), act.actor(), act.reason(), new Details(json));
  }
}
