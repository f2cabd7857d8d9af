package io.leeway.profile;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The rows of a block as a {@link JointGrid} sees them, noted column by column as these are
 * counted: normal scores of numbers, groups of all features, the model's score in units.
 */
public final class JointRows {
  final JointGrid grid;

  /** Per numeric column the normal score of every row, 0 where its value is missing. */
  final int[][] units;

  /** Per feature the group of every row. */
  final byte[][] groups;

  /** The model's score of every row, or {@link FixedPoint#TOO_LARGE}. */
  long[] output = {};

  /** Whether a row has no score. */
  boolean[] withoutOutput = {};

  /** So many rows of a cell are multiplied at once; products of two normal scores fit 31 bits. */
  static final int CHUNK = 256;

  final int[] chunkRows = new int[CHUNK];
  final int[][] chunk;
  final long[] chunkOutput = new long[CHUNK];

  /** Per categorical column the group of each code of this task, plus one; 0 if not met. */
  private final byte[][] groupsOfCodes;

  public JointRows(JointGrid grid) {
    this.grid = grid;
    this.units = new int[grid.numeric().size()][0];
    this.groups = new byte[grid.features().size()][0];
    this.chunk = new int[grid.inputs()][CHUNK];
    this.groupsOfCodes = new byte[groups.length - units.length][0];
  }

  public JointGrid grid() {
    return grid;
  }

  /** Notes the values of a numeric column: the rows that {@code placed} was turned to. */
  public void noteNumbers(int column, PlacedValues placed) {
    short[] bins = placed.bins();
    int size = placed.to();
    if (units[column].length < size) {
      units[column] = new int[bins.length];
      groups[column] = new byte[bins.length];
    }
    int[] ofBins = grid.unitsOfBins(column);
    int[] coarse = grid.numericGrid(column).coarse();
    int[] of = units[column];
    byte[] group = groups[column];
    for (int i = placed.from(); i < size; i++) {
      int bin = bins[i];
      of[i] = bin < 0 ? 0 : ofBins[bin];
      group[i] = (byte) (bin < 0 ? JointGrid.MISSING : coarse[bin]);
    }
  }

  /** Notes the model's score. */
  public void noteOutput(PlacedValues placed) {
    int size = placed.to();
    if (output.length < size) {
      output = new long[placed.values.length];
      withoutOutput = new boolean[placed.values.length];
    }
    for (int i = placed.from(); i < size; i++) {
      double value = placed.values[i];
      withoutOutput[i] = placed.missing[i] || !Double.isFinite(value);
      output[i] = withoutOutput[i] ? 0 : grid.outputUnits(value);
    }
  }

  /**
   * Notes the values of a categorical column.
   *
   * @param codes of the rows from {@code from} on, up to {@code to}; -1 is a missing value
   * @param texts the text of a code
   */
  public void noteTexts(int column, int[] codes, IntFunction<String> texts, int from, int to) {
    int feature = units.length + column;
    if (groups[feature].length < to) {
      groups[feature] = new byte[codes.length];
    }
    byte[] group = groups[feature];
    for (int i = from; i < to; i++) {
      group[i] = codes[i] < 0 ? JointGrid.MISSING : groupOf(column, codes[i], texts);
    }
  }

  private byte groupOf(int column, int code, IntFunction<String> texts) {
    byte[] known = groupsOfCodes[column];
    if (code >= known.length) {
      known = Arrays.copyOf(known, Math.max(16, 2 * code + 1));
      groupsOfCodes[column] = known;
    }
    if (known[code] == 0) {
      known[code] = (byte) (1 + grid.group(column, texts.apply(code)));
    }
    return (byte) (known[code] - 1);
  }
}
