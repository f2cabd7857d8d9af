package io.leeway.scan;

import io.leeway.profile.CategoricalTally;
import io.leeway.profile.Categories;
import io.leeway.profile.StoredProfile;
import java.util.List;

/** The counts of a categorical column, by task-local codes. */
final class CategoryCells extends GroupedCells<CodeCounts> {
  private final Categories dictionary;
  private final TextBuffer texts;
  private final Noted noted;

  CategoryCells(Layout layout, int column, Categories dictionary, TextBuffer texts, Noted noted) {
    super(layout, column);
    this.dictionary = dictionary;
    this.texts = texts;
    this.noted = noted;
  }

  @Override
  public void count(CellIndex[] indices, int[] positive, int from, int to) {
    for (int group : groups) {
      countRuns(cells(group, indices[group]), indices[group]);
    }
    noted.rows(from, to);
  }

  private void countRuns(List<CodeCounts> cells, CellIndex index) {
    int[] rows = index.rows;
    int[] codes = texts.codes;
    for (int run = 0; run < index.runs; run++) {
      CodeCounts cell = cells.get(index.runCell[run]);
      for (int k = index.runStart(run); k < index.runEnd[run]; k++) {
        cell.add(codes[rows[k]]);
      }
    }
  }

  @Override
  CodeCounts fresh(int group) {
    return new CodeCounts();
  }

  @Override
  long bytes(CodeCounts counts) {
    return counts.bytes();
  }

  @Override
  StoredProfile stored(CodeCounts counts) {
    CategoricalTally tally = new CategoricalTally(dictionary);
    counts.forEach((code, rows) -> tally.add(texts.text(code), rows));
    return tally.profile().stored();
  }
}
