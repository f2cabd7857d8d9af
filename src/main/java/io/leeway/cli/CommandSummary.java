package io.leeway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What schedulers read of one command: one JSON object on one line.
 *
 * <p>{@code command, code, class, retry, message, version, started_at, finished_at, models}. {@code
 * class} is {@code user}, {@code environment} or {@code bug}, of the failure behind {@code code},
 * and NULL without one; each entry of {@code models} has its own {@code result, code, class, retry,
 * message} beside what was done. Keys are only ever added.
 *
 * @param failure what stopped the command as a whole
 */
record CommandSummary(
    String command,
    Instant startedAt,
    Instant finishedAt,
    String version,
    Optional<Failure> failure,
    List<ModelOutcome> models) {
  CommandSummary {
    models = List.copyOf(models);
  }

  int exitCode() {
    List<Integer> codes = new ArrayList<>();
    failure.ifPresent(failed -> codes.add(failed.exitCode()));
    models.forEach(model -> codes.add(model.exitCode()));
    return ExitCode.of(codes);
  }

  private List<Failure> failures() {
    List<Failure> failures = new ArrayList<>();
    failure.ifPresent(failures::add);
    models.forEach(model -> model.failure().ifPresent(failures::add));
    return failures;
  }

  private Optional<String> refused() {
    return models.stream().flatMap(model -> model.refused().stream()).findFirst();
  }

  /** On one line. */
  String json() {
    int code = exitCode();
    Optional<Failure> decisive =
        failures().stream().filter(failed -> failed.exitCode() == code).findFirst();
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("command", command);
    summary.put("code", code);
    summary.put("class", decisive.map(failed -> failed.family().text()).orElse(null));
    summary.put("retry", decisive.map(Failure::retry).orElse(false));
    summary.put("message", decisive.map(Failure::message).or(this::refused).orElse(null));
    summary.put("version", version);
    summary.put("started_at", startedAt.toString());
    summary.put("finished_at", finishedAt.toString());
    summary.put("models", models.stream().map(ModelOutcome::facts).toList());
    try {
      return new ObjectMapper().writeValueAsString(summary);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers always have a JSON form.", e);
    }
  }
}
