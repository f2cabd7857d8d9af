package io.leeway.profile;

/**
 * Adds up several columns together: of each pair of variables the sum of their product, or by group
 * of every feature the rows and the sum of the score. A row without a score is counted as such and
 * in nothing else. Not safe for use by several threads.
 */
public final class JointTally implements Tally<JointProfile> {
  private final JointGrid grid;
  private final int inputs;
  private long rows;
  private long n;
  private long nulls;
  private long overflows;
  private final long[] missing;
  private final long[] momentHigh;
  private final long[] momentLow;
  private final long[] groupRows;

  /** By group the sum of the score, then, by group, that of its square. */
  private final long[] groupHigh;

  private final long[] groupLow;

  JointTally(JointGrid grid) {
    this.grid = grid;
    this.inputs = grid.inputs();
    this.missing = new long[grid.numeric().size()];
    this.momentHigh = new long[grid.moments()];
    this.momentLow = new long[grid.moments()];
    int groups = grid.groups();
    this.groupRows = new long[groups];
    this.groupHigh = new long[2 * groups];
    this.groupLow = new long[2 * groups];
  }

  /**
   * Adds rows of a block.
   *
   * @param at their places in the block, from {@code from} on, up to {@code to}
   */
  public void add(JointRows block, int[] at, int from, int to) {
    rows += to - from;
    int size = 0;
    for (int k = from; k < to; k++) {
      if (isCounted(block, at[k])) {
        block.chunkRows[size++] = at[k];
        if (size == JointRows.CHUNK) {
          addChunk(block, size);
          size = 0;
        }
      }
    }
    addChunk(block, size);
  }

  private boolean isCounted(JointRows block, int row) {
    if (!grid.hasOutput()) {
      return true;
    }
    if (block.withoutOutput[row]) {
      nulls++;
      return false;
    }
    if (block.output[row] == FixedPoint.TOO_LARGE) {
      overflows++;
      return false;
    }
    return true;
  }

  private void addChunk(JointRows block, int size) {
    n += size;
    for (int k = 0; grid.hasOutput() && k < size; k++) {
      block.chunkOutput[k] = block.output[block.chunkRows[k]];
    }
    if (momentLow.length > 0) {
      addMoments(block, size);
    } else {
      addGroups(block, size);
    }
  }

  private void addMoments(JointRows block, int size) {
    gather(block, size);
    int[][] chunk = block.chunk;
    addTo(0, size);
    for (int j = 0; j < inputs; j++) {
      int[] right = chunk[j];
      addTo(JointGrid.moment(0, j + 1), sum(right, size));
      for (int i = 0; i <= j; i++) {
        addTo(JointGrid.moment(i + 1, j + 1), product(chunk[i], right, size));
      }
    }
    if (grid.hasOutput()) {
      addOutput(block, size);
    }
  }

  private void gather(JointRows block, int size) {
    int[] chunkRows = block.chunkRows;
    for (int column = 0; column < missing.length; column++) {
      byte[] groups = block.groups[column];
      for (int k = 0; k < size; k++) {
        missing[column] += groups[chunkRows[k]] == JointGrid.MISSING ? 1 : 0;
      }
    }
    if (grid.isProjected()) {
      project(block, size);
    } else {
      for (int column = 0; column < inputs; column++) {
        int[] units = block.units[column];
        int[] into = block.chunk[column];
        for (int k = 0; k < size; k++) {
          into[k] = units[chunkRows[k]];
        }
      }
    }
  }

  private void project(JointRows block, int size) {
    int[] scores = new int[missing.length];
    int[] projected = new int[inputs];
    for (int k = 0; k < size; k++) {
      for (int column = 0; column < scores.length; column++) {
        scores[column] = block.units[column][block.chunkRows[k]];
      }
      grid.project(scores, projected);
      for (int j = 0; j < inputs; j++) {
        block.chunk[j][k] = projected[j];
      }
    }
  }

  private static int sum(int[] of, int size) {
    int sum = 0;
    for (int k = 0; k < size; k++) {
      sum += of[k];
    }
    return sum;
  }

  private static int product(int[] left, int[] right, int size) {
    int sum = 0;
    for (int k = 0; k < size; k++) {
      sum += left[k] * right[k];
    }
    return sum;
  }

  private static long product(int[] left, long[] right, int size) {
    long sum = 0;
    for (int k = 0; k < size; k++) {
      sum += left[k] * right[k];
    }
    return sum;
  }

  private void addOutput(JointRows block, int size) {
    long[] chunkOutput = block.chunkOutput;
    long sum = 0;
    long squares = 0;
    for (int k = 0; k < size; k++) {
      sum += chunkOutput[k];
      squares += chunkOutput[k] * chunkOutput[k];
    }
    int last = inputs + 1;
    addTo(JointGrid.moment(0, last), sum);
    for (int i = 0; i < inputs; i++) {
      addTo(JointGrid.moment(i + 1, last), product(block.chunk[i], chunkOutput, size));
    }
    addTo(JointGrid.moment(last, last), squares);
  }

  private void addGroups(JointRows block, int size) {
    for (int feature = 0; feature < block.groups.length; feature++) {
      byte[] groups = block.groups[feature];
      int first = feature * JointGrid.GROUPS;
      for (int k = 0; k < size; k++) {
        int group = first + groups[block.chunkRows[k]];
        long output = block.chunkOutput[k];
        groupRows[group]++;
        groupHigh[group] += FixedPoint.high(output);
        groupLow[group] += FixedPoint.low(output);
        int square = groupRows.length + group;
        groupHigh[square] += FixedPoint.high(output * output);
        groupLow[square] += FixedPoint.low(output * output);
      }
    }
  }

  private void addTo(int moment, long units) {
    momentHigh[moment] += FixedPoint.high(units);
    momentLow[moment] += FixedPoint.low(units);
  }

  @Override
  public void addAll(JointProfile profile) {
    if (!grid.equals(profile.grid())) {
      throw new IllegalArgumentException("Moments on different grids do not add up.");
    }
    rows += profile.rows();
    n += profile.n();
    nulls += profile.nulls();
    overflows += profile.overflows();
    plus(missing, profile.missing);
    plus(momentHigh, profile.momentHigh);
    plus(momentLow, profile.momentLow);
    plus(groupRows, profile.groupRows);
    plus(groupHigh, profile.groupHigh);
    plus(groupLow, profile.groupLow);
  }

  private static void plus(long[] sums, long[] more) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += more[i];
    }
  }

  @Override
  public JointProfile profile() {
    carry(momentHigh, momentLow);
    carry(groupHigh, groupLow);
    return new JointProfile(
        grid,
        rows,
        n,
        nulls,
        overflows,
        missing,
        momentHigh,
        momentLow,
        groupRows,
        groupHigh,
        groupLow);
  }

  private static void carry(long[] high, long[] low) {
    for (int i = 0; i < high.length; i++) {
      high[i] += FixedPoint.carry(low[i]);
      low[i] = FixedPoint.low(low[i]);
    }
  }

  /** Heap held by this tally, in bytes, roughly. */
  public long bytes() {
    long longs = missing.length + 2L * momentHigh.length + 3L * groupRows.length;
    return 200 + 8 * longs;
  }
}
