package io.leeway.config;

import java.net.URI;
import java.nio.file.Path;

/**
 * A configuration that is to be read.
 *
 * @param shown how problems call it, and what it says of itself afterwards
 * @param copy where its text lies on this machine
 * @param folder where relative paths in it start: a folder of this machine, or any other address
 */
public record ConfigFile(String shown, Path copy, URI folder) {
  /** A file of this machine. */
  public static ConfigFile at(Path file) {
    return new ConfigFile(file.toString(), file, folder(file.toAbsolutePath()));
  }

  private static URI folder(Path file) {
    return file.getParent() == null ? file.toUri() : file.getParent().toUri();
  }
}
