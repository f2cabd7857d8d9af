package io.leeway.registry;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Entries of the audit log as rows of its table, in the table's order of columns. */
final class AuditRows {
  private AuditRows() {}

  static Row row(AuditEntry entry) {
    NewEntry act = entry.act();
    return RowFactory.create(
        entry.model(),
        entry.sequence(),
        entry.eventId(),
        act.kind().name(),
        act.version().isPresent() ? Integer.toString(act.version().getAsInt()) : null,
        act.actor(),
        act.reason(),
        act.details().json(),
        entry.codeVersion(),
        Timestamp.from(entry.at()),
        entry.previousHash(),
        entry.hash());
  }

  /**
   * The entry, be it damaged: what cannot be read is given as something that does not have the
   * entry's hash.
   */
  static AuditEntry entry(Row row) {
    return new AuditEntry(
        text(row, 0),
        row.getLong(1),
        text(row, 2),
        new NewEntry(
            kind(text(row, 3)),
            version(row.getString(4)),
            text(row, 5),
            text(row, 6),
            new Details(text(row, 7))),
        text(row, 8),
        instant(row.get(9)),
        text(row, 10),
        text(row, 11));
  }

  private static String text(Row row, int i) {
    String text = row.getString(i);
    return text == null || text.isEmpty() ? "?" : text;
  }

  private static ActKind kind(String name) {
    return Arrays.stream(ActKind.values())
        .filter(of -> of.name().equals(name))
        .findFirst()
        .orElse(ActKind.UNKNOWN);
  }

  private static OptionalInt version(String text) {
    if (text == null) {
      return OptionalInt.empty();
    }
    return text.matches("[1-9]\\d{0,8}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.of(-1);
  }

  private static Instant instant(Object cell) {
    if (cell == null) {
      return Instant.EPOCH;
    }
    return cell instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) cell;
  }
}
