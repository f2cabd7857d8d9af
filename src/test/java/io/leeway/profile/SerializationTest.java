package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What crosses tasks arrives as it left; probes are sent in {@link EdgeSearchTest}. */
class SerializationTest {
  private static final NumericGrid GRID =
      NumericRows.grid(ColumnKind.SCORE, 8, NumericRows.uniform(1, 9000, 0, 1));

  /** Through Java serialization. */
  @SuppressWarnings("unchecked") // The copy has the class of the original.
  static <T extends Serializable> T copy(T original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  static Stream<StoredProfile> storedProfiles() {
    NumericGrid numeric = NumericRows.grid(ColumnKind.NUMERIC, 2, 1000, 1001, 1002);
    CategoricalTally tally = new CategoricalTally(new Categories(List.of("a", "b"), 2));
    List.of("a", "x", "y", "z", "", "\u0130\ud83d\ude00").forEach(text -> tally.add(text, 3));
    tally.add(null, 1);
    return Stream.of(
        NumericRows.profile(GRID, BinDetail.FINE, NumericRows.uniform(2, 90, 0, 1)).stored(),
        NumericRows.profile(GRID, BinDetail.COARSE, NumericRows.uniform(3, 90, -2, 1)).stored(),
        NumericRows.profile(GRID, BinDetail.COARSE, 0.5, 0.5, Double.NaN).stored(),
        NumericRows.profile(numeric, BinDetail.FINE, 1, 2, 1e12, 1e300, 1e9).stored(),
        NumericProfile.empty(GRID).stored(),
        tally.profile().stored(),
        CategoricalProfile.empty(new Categories(List.of(), 1)).stored());
  }

  @ParameterizedTest
  @MethodSource("storedProfiles")
  void storedProfilesArriveAsTheyLeft(StoredProfile stored) throws Exception {
    assertThat(copy(stored)).isEqualTo(stored).hasSameHashCodeAs(stored);
  }

  @Test
  void gridsArriveAsTheyLeft() throws Exception {
    NumericGrid copy = copy(GRID);
    assertThat(copy).isEqualTo(GRID).hasSameHashCodeAs(GRID);
    assertThat(NumericRows.uniform(5, 900, -0.5, 1.5))
        .satisfies(
            rows -> {
              for (double row : rows) {
                assertThat(copy.bin(row)).isEqualTo(GRID.bin(row));
                assertThat(copy.units(row)).isEqualTo(GRID.units(row));
                assertThat(copy.squareUnits(row)).isEqualTo(GRID.squareUnits(row));
              }
            });
  }

  @Test
  void dictionariesArriveAsTheyLeft() throws Exception {
    Categories categories = new Categories(List.of("b", "a", "c"), 7);
    Categories copy = copy(categories);
    assertThat(copy).isEqualTo(categories).hasSameHashCodeAs(categories);
    assertThat(copy.code("b")).isEqualTo(1);
    assertThat(copy.code("d")).isEqualTo(-1);
  }
}
