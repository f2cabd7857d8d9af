package io.leeway.scan;

import io.leeway.profile.CategoricalTally;
import io.leeway.profile.Categories;
import io.leeway.profile.StoredProfile;
import java.util.Arrays;

/** The counts of a categorical column, by task-local codes. */
final class CategoryCells implements ColumnCells {
  private final int[] groups;
  private final Categories dictionary;
  private final TextBuffer texts;
  private final Noted noted;
  private final CodeCounts[][] counts;

  CategoryCells(Layout layout, int column, Categories dictionary, TextBuffer texts, Noted noted) {
    this.groups = layout.columnGroups[column];
    this.dictionary = dictionary;
    this.texts = texts;
    this.noted = noted;
    this.counts = new CodeCounts[layout.groups.size()][0];
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    for (int group : groups) {
      ensure(group, indices[group].size());
      countRuns(counts[group], indices[group]);
    }
    noted.rows(from, to);
  }

  private void countRuns(CodeCounts[] cells, CellIndex index) {
    int[] rows = index.rows;
    int[] codes = texts.codes;
    for (int run = 0; run < index.runs; run++) {
      CodeCounts cell = cells[index.runCell[run]];
      for (int k = index.runStart(run); k < index.runEnd[run]; k++) {
        cell.add(codes[rows[k]]);
      }
    }
  }

  private void ensure(int group, int cells) {
    CodeCounts[] old = counts[group];
    if (old.length < cells) {
      counts[group] = Arrays.copyOf(old, cells);
      for (int cell = old.length; cell < cells; cell++) {
        counts[group][cell] = new CodeCounts();
      }
    }
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (CodeCounts[] cells : counts) {
      for (CodeCounts cell : cells) {
        bytes += cell.bytes();
      }
    }
    return bytes;
  }

  @Override
  public StoredProfile take(int group, int cell) {
    CategoricalTally tally = new CategoricalTally(dictionary);
    counts[group][cell].forEach((code, rows) -> tally.add(texts.text(code), rows));
    counts[group][cell] = null;
    return tally.profile().stored();
  }
}
