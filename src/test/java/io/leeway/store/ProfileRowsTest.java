package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.ColumnKind;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.domain.UserException;
import io.leeway.profile.StoredProfile;
import io.leeway.testing.LocalSpark;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileRowsTest {
  private static final Stamp STAMP = new Stamp("bins", "baseline", "run", "attempt", Attempts.NOW);

  @TempDir private Path directory;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void everyProfileComesBackFromADeltaTableAsItWas(long seed) {
    Random random = new Random(seed);
    Map<String, StoredProfile> profiles = new LinkedHashMap<>();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StoredProfile profile =
          switch (i % 5) {
            case 0 -> exact(random, ColumnKind.NUMERIC);
            case 1 -> binned(random, ColumnKind.NUMERIC);
            case 2 -> exact(random, ColumnKind.SCORE);
            case 3 -> binned(random, ColumnKind.SCORE);
            default -> categorical(random);
          };
      profiles.put("column " + i, profile);
      rows.add(ProfileRows.row(subject("column " + i, i), "inputs", profile, STAMP));
    }
    Store store = Store.atPath(LocalSpark.session(), directory.toUri().toString());
    Dataset<Row> frame = store.spark().createDataFrame(rows, ResultTable.PROFILES.schema());
    store.append(ResultTable.PROFILES, frame);

    ProfileReader reader = new ProfileReader();
    Dataset<Row> read = store.read(ResultTable.PROFILES);
    List<ProfileReader.Found> found = reader.readAll(read);

    assertThat(found).hasSize(40);
    for (ProfileReader.Found one : found) {
      int i = Integer.parseInt(one.subject().column().substring("column ".length()));
      assertThat(one.subject()).isEqualTo(subject("column " + i, i));
      assertThat(one.part()).isEqualTo("inputs");
      assertThat(one.binsId()).isEqualTo("bins");
      assertThat(one.baselineId()).isEqualTo("baseline");
      assertThat(one.profile()).isEqualTo(profiles.get(one.subject().column()));
    }
  }

  @Test
  void profilesAddUpInPlainSql() {
    Store store = Store.atPath(LocalSpark.session(), directory.toUri().toString());
    StoredProfile.Builder one = new StoredProfile.Builder(ColumnKind.NUMERIC);
    one.bins = new int[] {2, 5};
    one.binCounts = new long[] {10, 20};
    StoredProfile.Builder other = new StoredProfile.Builder(ColumnKind.NUMERIC);
    other.bins = new int[] {5};
    other.binCounts = new long[] {7};
    List<Row> rows =
        List.of(
            ProfileRows.row(subject("x", 1), "inputs", one.build(), STAMP),
            ProfileRows.row(subject("x", 2), "inputs", other.build(), STAMP));
    store.append(
        ResultTable.PROFILES, store.spark().createDataFrame(rows, ResultTable.PROFILES.schema()));

    List<Row> sums =
        store
            .spark()
            .sql(
                "SELECT b.bin, sum(b.n) FROM "
                    + store.sqlName(ResultTable.PROFILES)
                    + " LATERAL VIEW explode(bins) e AS b GROUP BY b.bin ORDER BY b.bin")
            .collectAsList();

    assertThat(sums).extracting(row -> row.getInt(0)).containsExactly(2, 5);
    assertThat(sums).extracting(row -> row.getLong(1)).containsExactly(10L, 27L);
  }

  @Test
  void aSumThatTheTableCannotHoldIsRefused() {
    StoredProfile.Builder profile = new StoredProfile.Builder(ColumnKind.NUMERIC);
    profile.total = BigInteger.TEN.pow(38);

    assertThatThrownBy(() -> ProfileRows.row(subject("x", 0), "inputs", profile.build(), STAMP))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("more than 38 digits");
  }

  @Test
  void aRowOfANewerFormIsRefused() {
    StoredProfile profile = new StoredProfile.Builder(ColumnKind.NUMERIC).build();
    Dataset<Row> newer =
        LocalSpark.session()
            .createDataFrame(
                List.of(ProfileRows.row(subject("x", 0), "inputs", profile, STAMP)),
                ResultTable.PROFILES.schema())
            .withColumn("format", functions.lit(StoredProfile.FORMAT + 1));

    assertThatThrownBy(() -> new ProfileReader().readAll(newer))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Upgrade Leeway");
  }

  /**
   * Segments of no, one (once missing) and six columns; six are more than Scala's small maps keep
   * in order.
   */
  private static Subject subject(String column, int i) {
    Segment segment =
        switch (i % 4) {
          case 0 -> Segment.ALL;
          case 1 -> new Segment(Slice.of("state"), List.of("VIC, \"=x\" ıİ"));
          case 2 -> new Segment(Slice.of("state"), Arrays.asList((String) null));
          default ->
              new Segment(
                  Slice.of("f", "e", "d", "c", "b", "a"),
                  Arrays.asList("1", null, "(other)", "(null)", "", "6"));
        };
    String version = i % 2 == 0 ? null : "v" + i;
    return new Subject("m", version, "1 day", Attempts.day(i), segment, column);
  }

  private static StoredProfile.Builder counted(Random random, ColumnKind kind) {
    StoredProfile.Builder p = new StoredProfile.Builder(kind);
    p.rows = random.nextLong(1L << 50);
    p.n = random.nextLong(1L << 40);
    p.nulls = random.nextInt(100);
    p.nans = random.nextInt(100);
    p.positiveInfinities = random.nextInt(100);
    p.negativeInfinities = random.nextInt(100);
    return p;
  }

  private static void summed(Random random, StoredProfile.Builder p) {
    p.minimum = -random.nextDouble() * Double.MAX_VALUE;
    p.maximum = Double.MIN_VALUE;
    p.total = new BigInteger(126, random).negate();
    p.squares = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
    p.overflows = random.nextInt(5);
  }

  private static StoredProfile exact(Random random, ColumnKind kind) {
    StoredProfile.Builder p = counted(random, kind);
    p.exact = true;
    int length = random.nextInt(600);
    if (length > 0) {
      summed(random, p);
    }
    p.values = random.doubles(length, -1e300, 1e300).sorted().toArray();
    p.valueCounts = random.longs(length, 1, 1L << 60).toArray();
    if (kind == ColumnKind.SCORE) {
      p.valueDecided = random.longs(length, 0, 1L << 60).toArray();
    }
    return p.build();
  }

  private static StoredProfile binned(Random random, ColumnKind kind) {
    StoredProfile.Builder p = counted(random, kind);
    summed(random, p);
    int length = 1 + random.nextInt(300);
    p.bins = random.ints(0, 2_000).distinct().limit(length).sorted().toArray();
    p.binCounts = random.longs(length, 1, 1L << 60).toArray();
    if (kind == ColumnKind.SCORE) {
      p.binDecided = random.longs(length, 0, 1L << 60).toArray();
    }
    if (random.nextBoolean()) {
      p.binLows = random.doubles(length).toArray();
      p.binHighs = random.doubles(length, 1, 2).toArray();
    }
    int coarse = random.nextInt(32);
    p.sumBins = random.ints(0, 40).distinct().limit(coarse).sorted().toArray();
    p.sums = new BigInteger[coarse];
    for (int i = 0; i < coarse; i++) {
      p.sums[i] = new BigInteger(120, random).subtract(BigInteger.ONE.shiftLeft(119));
    }
    return p.build();
  }

  private static StoredProfile categorical(Random random) {
    StoredProfile.Builder p = counted(random, ColumnKind.CATEGORICAL);
    int length = random.nextInt(50);
    p.exact = random.nextBoolean();
    p.categories =
        random.ints(length).mapToObj(i -> "Kategorie ı " + i).sorted().toArray(String[]::new);
    p.categoryCounts = random.longs(length, 1, 1L << 60).toArray();
    p.others = random.nextInt(1000);
    p.othersDistinct = random.nextDouble() * 100;
    return p.build();
  }
}
