package io.leeway.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** How a person at this working folder calls Leeway. */
final class Launcher {
  private static final Path IN_PROJECT = Path.of("jobs", "leeway");

  private Launcher() {}

  /** Whether the working folder is the project's. */
  static boolean isInProject() {
    return Files.exists(IN_PROJECT) && Files.exists(Path.of("pom.xml"));
  }

  /** As typed in a shell. */
  static String command() {
    return isInProject() ? IN_PROJECT.toString() : System.getProperty("leeway.launcher", "leeway");
  }
}
