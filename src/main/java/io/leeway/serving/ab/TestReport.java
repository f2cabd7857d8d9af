package io.leeway.serving.ab;

import io.leeway.registry.AuditEntry;
import io.leeway.stats.experiment.Decision;
import io.leeway.stats.experiment.Exposure;
import io.leeway.stats.experiment.Ruling;
import java.util.List;
import java.util.Optional;

/**
 * What a look at a test came to.
 *
 * @param test number of its first entry in the audit log
 * @param challenger version
 * @param ruling of this look
 * @param because one sentence with numbers
 * @param decision by the rules, with each metric's reading
 * @param exposures units by day and step
 * @param recorded the entry of the ruling; empty where the log says the same already, or the test
 *     was over before
 * @param acted the entry of what followed, a withdrawal or the next step of the ramp
 * @param notes for people, in sentences
 */
public record TestReport(
    long test,
    int challenger,
    Ruling ruling,
    String because,
    Decision decision,
    List<Exposure> exposures,
    Optional<AuditEntry> recorded,
    Optional<AuditEntry> acted,
    List<String> notes) {
  public TestReport {
    exposures = List.copyOf(exposures);
    notes = List.copyOf(notes);
  }
}
