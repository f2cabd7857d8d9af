package io.leeway.config;

import io.leeway.domain.UserException;
import java.net.URI;
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

  private final URI folder;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final List<LeewayConfig.RelativePath> relativePaths = new ArrayList<>();

  /**
   * A load.
   *
   * @param folder where relative paths start
   */
  Reading(URI folder) {
    this.folder = folder;
  }

  void problem(Place place, String path, String text) {
    problems.add(new Problem(place, path, text));
  }

  int problemCount() {
    return problems.size();
  }

  /**
   * The file's path as seen from the configuration's folder. Only one that depends on this machine
   * is kept as relative: below another address it means the same to all.
   */
  String resolve(String key, String relative) {
    if ("file".equals(folder.getScheme())) {
      relativePaths.add(new LeewayConfig.RelativePath(key, relative));
      return Path.of(folder).resolve(relative).normalize().toString();
    }
    String path = Path.of(folder.getPath()).resolve(relative).normalize().toString();
    String authority = folder.getRawAuthority() == null ? "" : folder.getRawAuthority();
    return folder.getScheme() + "://" + authority + path;
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
