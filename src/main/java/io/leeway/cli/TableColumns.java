package io.leeway.cli;

import io.leeway.config.TableRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** The columns of a table, those within structs by their dotted path. */
final class TableColumns {
  private static final int NAMES_SHOWN = 20;

  private final TableRef table;
  private final StructType schema;
  private final Map<String, DataType> types = new LinkedHashMap<>();

  TableColumns(TableRef table, StructType schema) {
    this.table = table;
    this.schema = schema;
    add("", schema);
  }

  private void add(String prefix, StructType within) {
    for (StructField field : within.fields()) {
      types.putIfAbsent(prefix + field.name(), field.dataType());
      if (field.dataType() instanceof StructType struct) {
        add(prefix + field.name() + ".", struct);
      }
    }
  }

  TableRef table() {
    return table;
  }

  StructType schema() {
    return schema;
  }

  /** Its type; empty if there is no column of exactly this name. */
  Optional<DataType> type(String column) {
    return Optional.ofNullable(types.get(column));
  }

  /** What to say of a name that the table does not have. */
  String suggestion(String wrong) {
    List<String> nearest = nearest(wrong, types.keySet());
    if (nearest.isEmpty()) {
      return "it has no columns at all";
    }
    return "did you mean '"
        + nearest.get(0)
        + "'? It has "
        + String.join(", ", types.keySet().stream().limit(NAMES_SHOWN).toList())
        + (types.size() > NAMES_SHOWN ? " and " + (types.size() - NAMES_SHOWN) + " more" : "");
  }

  /** Known names, those that take the fewest edits first. */
  static List<String> nearest(String wrong, Iterable<String> known) {
    UTF8String wanted = UTF8String.fromString(wrong.toLowerCase(Locale.ROOT));
    List<String> names = new ArrayList<>();
    known.forEach(names::add);
    names.sort(
        Comparator.comparingInt(
            name ->
                wanted.levenshteinDistance(UTF8String.fromString(name.toLowerCase(Locale.ROOT)))));
    return names;
  }
}
