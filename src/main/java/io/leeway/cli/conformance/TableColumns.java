package io.leeway.cli.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the file's columns are called in the Delta table, and back.
 *
 * <p>A plain name stays; one that Delta or SQL would not take (a comma, a dot, a space, a second
 * name that differs in case alone) gets a plain one. A column that is read as a number and as text
 * stands in the table twice.
 */
final class TableColumns {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * A column of the table.
   *
   * @param source name in the file
   * @param numeric whether it is read as a number, or kept as text
   */
  record TableColumn(String name, String source, boolean numeric) {}

  private final List<TableColumn> columns = new ArrayList<>();
  private final Map<String, String> numeric = new LinkedHashMap<>();
  private final Map<String, String> text = new LinkedHashMap<>();
  private final Map<String, String> sources = new HashMap<>();

  TableColumns(List<String> header, FolderSchema schema) {
    Set<String> numbers = new HashSet<>(schema.numericColumns());
    Set<String> texts = new HashSet<>(schema.segmentColumns());
    texts.addAll(schema.categoricalColumns());
    for (String source : header) {
      if (numbers.contains(source)) {
        add(source, true);
      }
      if (!numbers.contains(source) || texts.contains(source)) {
        add(source, false);
      }
    }
  }

  private void add(String source, boolean isNumeric) {
    String name = PLAIN.matcher(source).matches() ? source : "column_" + columns.size();
    while (sources.containsKey(name.toLowerCase(Locale.ROOT))) {
      name += "_" + columns.size();
    }
    columns.add(new TableColumn(name, source, isNumeric));
    sources.put(name.toLowerCase(Locale.ROOT), source);
    (isNumeric ? numeric : text).put(source, name);
  }

  /** In table order. */
  List<TableColumn> all() {
    return List.copyOf(columns);
  }

  /** The table's column of numbers for a column of the file. */
  String numeric(String source) {
    return numeric.get(source);
  }

  /** The table's column of texts for a column of the file. */
  String text(String source) {
    return text.get(source);
  }

  /** The file's name for a column of the table; empty for one that is not from the file. */
  Optional<String> source(String tableColumn) {
    return Optional.ofNullable(sources.get(tableColumn.toLowerCase(Locale.ROOT)));
  }
}
