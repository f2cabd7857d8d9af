package io.leeway.config;

import io.leeway.domain.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One load in progress: where relative paths start, and what was found wrong so far. */
final class Reading {
  private record Problem(Place place, String path, String text) {
    @Override
    public String toString() {
      return place + ": " + path + ": " + text;
    }
  }

  private final Path baseFolder;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final List<LeewayConfig.RelativePath> relativePaths = new ArrayList<>();

  Reading(Path baseFolder) {
    this.baseFolder = baseFolder.toAbsolutePath().normalize();
  }

  void problem(Place place, String path, String text) {
    problems.add(new Problem(place, path, text));
  }

  int problemCount() {
    return problems.size();
  }

  /** The file's path as seen from the configuration's folder. */
  String resolve(String key, String relative) {
    relativePaths.add(new LeewayConfig.RelativePath(key, relative));
    return baseFolder.resolve(relative).normalize().toString();
  }

  List<LeewayConfig.RelativePath> relativePaths() {
    return List.copyOf(relativePaths);
  }

  /**
   * @throws UserException with one line a problem, in the order of the file, if there are any
   */
  void refuseProblems() {
    if (!problems.isEmpty()) {
      throw new UserException(
          problems.stream()
              .sorted(Comparator.comparing(Problem::place))
              .map(Problem::toString)
              .collect(Collectors.joining("\n")));
    }
  }
}
