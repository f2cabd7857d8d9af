package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.Window;
import io.leeway.store.SourceChanges;
import io.leeway.store.SourceChanges.ChangedFile;
import io.leeway.store.SourceChanges.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Days 1 to 20 are published, all read at version 5 of the table; the source is at version 9. */
class TouchedTest {
  private static final String HASH = "by this configuration";
  private static final String TABLE = "the table";
  private static final Touched.Reading READING =
      new Touched.Reading(HASH, TABLE, 9, day(6).start());

  @Test
  void nothingChangedTouchesNothing() {
    assertThat(touched(SourceChanges.none())).isEqualTo(Touched.NOTHING);
  }

  @Test
  void endsOfAnAppendedFileAreCertainAndWhatLiesBetweenIsNot() {
    Touched touched = touched(file(6, Kind.APPENDED, day(8).start(), day(11).start()));
    assertThat(touched.certain())
        .isEqualTo(Map.of(day(8), Reason.LATE_ROWS, day(11), Reason.LATE_ROWS));
    assertThat(touched.uncertain())
        .isEqualTo(Map.of(day(9), Reason.LATE_ROWS, day(10), Reason.LATE_ROWS));
  }

  /** Times in the log are whole milliseconds: the last one of a day is still of that day. */
  @Test
  void lastMillisecondOfADayIsOfThatDay() {
    Touched touched = touched(file(6, Kind.APPENDED, day(8).start(), day(8).end().minusMillis(1)));
    assertThat(touched.certain()).isEqualTo(Map.of(day(8), Reason.LATE_ROWS));
    assertThat(touched.uncertain()).isEmpty();
  }

  @Test
  void certainWindowsAreTouchedHoweverOldTheyAre() {
    Touched touched = touched(file(6, Kind.APPENDED, day(2).start(), day(4).start()));
    assertThat(touched.certain().keySet()).containsExactly(day(2), day(4));
    assertThat(touched.uncertain()).isEmpty();
    assertThat(touched.unchecked()).containsExactly(day(3));
  }

  @Test
  void rewrittenFileLeavesADoubtInAllItsWindowsWithinTheHorizon() {
    Touched touched = touched(file(7, Kind.REWRITTEN, day(4).start(), day(7).start()));
    assertThat(touched.certain()).isEmpty();
    assertThat(touched.uncertain())
        .isEqualTo(Map.of(day(6), Reason.REWRITTEN, day(7), Reason.REWRITTEN));
    assertThat(touched.unchecked()).containsExactly(day(4), day(5));
  }

  @Test
  void windowReadAfterTheCommitIsNotTouchedByIt() {
    assertThat(touched(file(5, Kind.APPENDED, day(8).start(), day(8).start())))
        .isEqualTo(Touched.NOTHING);
  }

  @Test
  void anotherTableOfTheSameNameMayHoldOtherRowsAtAnyVersion() {
    SortedMap<Window, ShownWindow> shown = shown();
    shown.replaceAll((window, of) -> new ShownWindow(HASH, "one before", 50, of.rows()));
    Touched touched = Touched.of(READING, shown, SourceChanges.untold("made anew"));
    assertThat(touched.uncertain()).hasSize(15).containsEntry(day(6), Reason.FALLBACK);
    assertThat(touched.unchecked()).hasSize(5);
  }

  @Test
  void logThatDoesNotTellLeavesADoubtWhereAnOlderVersionWasRead() {
    SortedMap<Window, ShownWindow> shown = shown();
    shown.put(day(20), new ShownWindow(HASH, TABLE, 9, Map.of()));
    Touched touched = Touched.of(READING, shown, SourceChanges.untold("cleaned"));
    assertThat(touched.uncertain().firstKey()).isEqualTo(day(6));
    assertThat(touched.uncertain().lastKey()).isEqualTo(day(19));
  }

  @Test
  void windowsOfAnotherConfigurationAreMadeAgainWithinTheHorizon() {
    SortedMap<Window, ShownWindow> shown = shown();
    shown.replaceAll((window, of) -> new ShownWindow("another", TABLE, 9, of.rows()));
    Touched touched =
        Touched.of(READING, shown, changes(file(6, Kind.APPENDED, day(1).start(), day(1).start())));
    assertThat(touched.certain()).hasSize(15).containsEntry(day(6), Reason.CONFIG);
    assertThat(touched.uncertain()).isEmpty();
    assertThat(touched.unchecked()).hasSize(5);
  }

  /** They stay of another configuration; to say so in every run would be noise. */
  @Test
  void oldWindowsOfAnotherConfigurationAreToldOfOnce() {
    SortedMap<Window, ShownWindow> shown = shown();
    shown.put(day(2), new ShownWindow("another", TABLE, 5, Map.of()));
    assertThat(Touched.of(READING, shown, SourceChanges.none())).isEqualTo(Touched.NOTHING);
  }

  @Test
  void fileWithoutATimeTouchesNothing() {
    ChangedFile timeless = new ChangedFile(6, Kind.APPENDED, Optional.empty());
    assertThat(touched(timeless)).isEqualTo(Touched.NOTHING);
  }

  private static Touched touched(ChangedFile file) {
    return touched(changes(file));
  }

  private static Touched touched(SourceChanges changes) {
    return Touched.of(READING, shown(), changes);
  }

  private static SourceChanges changes(ChangedFile file) {
    return new SourceChanges(List.of(file), Optional.empty());
  }

  /** A file whose rows lie from one time to another, both among them. */
  private static ChangedFile file(long version, Kind kind, Instant first, Instant last) {
    Window times = new Window(first, last.plus(Duration.ofMillis(1)));
    return new ChangedFile(version, kind, Optional.of(times));
  }

  private static SortedMap<Window, ShownWindow> shown() {
    SortedMap<Window, ShownWindow> shown = new TreeMap<>();
    for (int day = 1; day <= 20; day++) {
      shown.put(day(day), new ShownWindow(HASH, TABLE, 5, Map.of("v1", new RowSum(10, 99L))));
    }
    return shown;
  }

  private static Window day(int day) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofDays(day - 1));
    return new Window(start, start.plus(Duration.ofDays(1)));
  }
}
