package io.leeway.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** A model's audit log in order, and whether anybody has tampered with it. */
public final class AuditChain {
  private final String model;
  private final List<AuditEntry> entries;

  private AuditChain(String model, List<AuditEntry> entries) {
    this.model = model;
    this.entries = entries;
  }

  /** Of entries in any order. */
  public static AuditChain of(String model, List<AuditEntry> entries) {
    return new AuditChain(
        model, entries.stream().sorted(Comparator.comparingLong(AuditEntry::sequence)).toList());
  }

  /**
   * Something that is not as it was written.
   *
   * @param sequence of the entry
   */
  public record Fault(long sequence, String sentence) {}

  public List<AuditEntry> entries() {
    return entries;
  }

  /** The number of the last entry; 0 of none. */
  public long last() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).sequence();
  }

  /** The last entry's hash, which stands for all of them: keep it elsewhere, and compare. */
  public String head() {
    return entries.isEmpty() ? AuditEntry.FIRST : entries.get(entries.size() - 1).hash();
  }

  AuditEntry next(String eventId, NewEntry act, String codeVersion, Instant at) {
    return AuditEntry.after(head(), model, last() + 1, eventId, act, codeVersion, at);
  }

  /**
   * Looks for entries that were changed, removed, put in or reordered.
   *
   * @param taken the greatest number that the storage has ever given out, where it says so; only
   *     this shows that entries at the end are missing
   * @return nothing where all is as it was written
   */
  public List<Fault> faults(OptionalLong taken) {
    List<Fault> faults = new ArrayList<>();
    String before = AuditEntry.FIRST;
    long expected = 1;
    for (AuditEntry entry : entries) {
      long number = entry.sequence();
      if (number < expected) {
        faults.add(fault(number, "is there more than once"));
        continue;
      }
      for (; expected < number; expected++) {
        faults.add(fault(expected, "is missing"));
        before = null;
      }
      if (!entry.hash().equals(entry.computedHash())) {
        faults.add(fault(number, "was changed: what it says does not give its hash"));
      } else if (before != null && !entry.previousHash().equals(before)) {
        faults.add(
            fault(number, "does not follow the entry before it: one of them was put in its place"));
      }
      before = entry.hash();
      expected = number + 1;
    }
    if (taken.isPresent()) {
      for (; expected <= taken.getAsLong(); expected++) {
        faults.add(fault(expected, "is missing at the end"));
      }
    }
    return faults;
  }

  private Fault fault(long sequence, String what) {
    return new Fault(
        sequence, String.format(Locale.ROOT, "Entry %d of model '%s' %s.", sequence, model, what));
  }
}
