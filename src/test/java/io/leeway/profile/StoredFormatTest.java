package io.leeway.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.domain.ColumnKind;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that a released version has stored are read as what they meant. */
class StoredFormatTest {
  private static final String FORMAT_1 = "format-1.txt";

  /** Sums in eighths, squares about 1 in quarters. */
  private static final NumericGrid NUMERIC =
      new NumericGrid(
          ColumnKind.NUMERIC,
          new double[] {0, 1, 2, 4},
          new double[] {1, 2},
          new int[] {0, 0, 1, 1, 2},
          1,
          3,
          2,
          3);

  /** Sums in eighths, squares about 0.5 in sixteenths; up to two values exact. */
  private static final NumericGrid SCORE =
      new NumericGrid(
          ColumnKind.SCORE, new double[] {0.5}, new double[] {0.5}, new int[] {0, 1}, 0.5, 3, 4, 2);

  /** Of the texts x and y, x comes first by hash: 2c78… before 6bf7…, see HashOrderTest. */
  private static final Categories CATEGORIES = new Categories(List.of("a", "b"), 1);

  record Golden(String name, Profile<?> profile) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Golden> goldens() {
    return Stream.of(
        new Golden("numeric fine", numeric(BinDetail.FINE)),
        new Golden("numeric coarse", numeric(BinDetail.COARSE)),
        new Golden("numeric too large", tooLarge()),
        new Golden("numeric exact", exact()),
        new Golden("score exact", scores(0.25, 1, 0.25, 0, 0.5, 1)),
        new Golden("score coarse", scores(0.25, 1, 0.25, 0, 0.5, 1, 0.75, 1)),
        new Golden("categorical", categorical()));
  }

  private static NumericProfile numeric(BinDetail detail) {
    NumericTally tally = new NumericTally(NUMERIC, detail);
    for (double row : new double[] {-1, 0.5, 0.5, 1.25, 3, 10, Double.NaN}) {
      tally.add(row, 0);
    }
    tally.addNull();
    tally.addNull();
    tally.add(Double.POSITIVE_INFINITY, 0);
    return tally.profile();
  }

  /** 1e10 has no square below 2^62 quarters, 1e300 is no number below 2^62 eighths. */
  private static NumericProfile tooLarge() {
    NumericTally tally = new NumericTally(NUMERIC, BinDetail.COARSE);
    for (double row : new double[] {-1, 0.5, 1.25, 1e10, 1e300}) {
      tally.add(row, 0);
    }
    return tally.profile();
  }

  private static NumericProfile exact() {
    NumericTally tally = new NumericTally(NUMERIC, BinDetail.COARSE);
    for (double row : new double[] {0, 2.5, -0.0, Double.NEGATIVE_INFINITY}) {
      tally.add(row, 0);
    }
    return tally.profile();
  }

  private static NumericProfile scores(double... scoreAndDecision) {
    NumericTally tally = new NumericTally(SCORE, BinDetail.COARSE);
    for (int i = 0; i < scoreAndDecision.length; i += 2) {
      tally.add(scoreAndDecision[i], (int) scoreAndDecision[i + 1]);
    }
    return tally.profile();
  }

  private static CategoricalProfile categorical() {
    CategoricalTally tally = new CategoricalTally(CATEGORIES);
    tally.add("y", 2);
    tally.add("a", 3);
    tally.add("x", 4);
    tally.add(null, 2);
    return tally.profile();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("goldens")
  void formatOneIsReadAsTheRowsItWasMadeOf(Golden golden) throws Exception {
    StoredProfile stored = read(FORMAT_1).get(golden.name());
    Profile<?> read =
        switch (stored.kind) {
          case NUMERIC -> NumericProfile.of(NUMERIC, stored);
          case SCORE -> NumericProfile.of(SCORE, stored);
          case CATEGORICAL -> CategoricalProfile.of(CATEGORIES, stored);
          case OPERATIONAL, JOINT, RATIO, IDS -> throw new AssertionError("There is none yet.");
        };
    assertThat(read).isEqualTo(golden.profile());
  }

  /** Moves to the newest format's file when there is one. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("goldens")
  void formatOneIsWhatIsWritten(Golden golden) throws Exception {
    assertThat(golden.profile().stored()).isEqualTo(read(FORMAT_1).get(golden.name()));
  }

  private static Map<String, StoredProfile> read(String file)
      throws IOException, ReflectiveOperationException {
    Map<String, StoredProfile> stored = new HashMap<>();
    String text;
    try (InputStream in = StoredFormatTest.class.getResourceAsStream(file)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String block : text.split("\n(?=\\[)", -1)) {
      if (block.startsWith("[")) {
        List<String> lines = block.lines().toList();
        String name = lines.get(0).substring(1, lines.get(0).length() - 1);
        stored.put(name, profile(lines.subList(1, lines.size())));
      }
    }
    return stored;
  }

  private static StoredProfile profile(List<String> lines) throws ReflectiveOperationException {
    StoredProfile.Builder builder = new StoredProfile.Builder(null);
    for (String line : lines) {
      if (!line.isBlank()) {
        String[] field = line.split(": ", 2);
        var target = StoredProfile.Builder.class.getField(field[0]);
        target.set(builder, value(target.getType(), field[1]));
      }
    }
    return builder.build();
  }

  private static Object value(Class<?> type, String text) {
    if (type == ColumnKind.class) {
      return ColumnKind.valueOf(text);
    } else if (type == boolean.class) {
      return Boolean.valueOf(text);
    } else if (type == int.class) {
      return Integer.valueOf(text);
    } else if (type == long.class) {
      return Long.valueOf(text);
    } else if (type == double.class) {
      return Double.valueOf(text);
    } else if (type == BigInteger.class) {
      return new BigInteger(text);
    }
    Stream<String> items = Arrays.stream(text.split(", ", -1));
    if (type == int[].class) {
      return items.mapToInt(Integer::parseInt).toArray();
    } else if (type == long[].class) {
      return items.mapToLong(Long::parseLong).toArray();
    } else if (type == double[].class) {
      return items.mapToDouble(Double::parseDouble).toArray();
    } else if (type == BigInteger[].class) {
      return items.map(BigInteger::new).toArray(BigInteger[]::new);
    }
    return items.toArray(String[]::new);
  }
}
