package io.leeway.store;

import io.delta.storage.LocalLogStore;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Commits to Delta tables on a local disk so that of several processes exactly one gets a version.
 *
 * <p>Delta looks whether the version's file is there and then renames its own to that name, which
 * on a local disk replaces a file that another process has put there in between: that commit would
 * be lost. A hard link is made only where there is no file yet, in one step. Disks without hard
 * links are committed to as Delta does it.
 */
public final class LocalCommits extends LocalLogStore {
  /** The setting by which Delta finds what commits to local disks. */
  public static final String SETTING = "spark.delta.logStore.file.impl";

  /** Gives a file a second name; fails if there is a file of that name. */
  @FunctionalInterface
  interface Linking {
    void link(java.nio.file.Path name, java.nio.file.Path file) throws IOException;
  }

  private final Linking linking;

  /** Called by Delta. */
  public LocalCommits(Configuration hadoop) {
    this(hadoop, Files::createLink);
  }

  LocalCommits(Configuration hadoop, Linking linking) {
    super(hadoop);
    this.linking = linking;
  }

  @Override
  public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration hadoop)
      throws IOException {
    if (overwrite) {
      super.write(path, actions, true, hadoop);
      return;
    }
    java.nio.file.Path file = local(path);
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    java.nio.file.Path written = local(createTempPath(path));
    try {
      writeLines(written, actions);
      link(file, written);
    } catch (NoSuchFileException e) {
      throw (IOException) new FileNotFoundException(e.getFile()).initCause(e);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static void writeLines(java.nio.file.Path file, Iterator<String> lines)
      throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      while (lines.hasNext()) {
        writer.write(lines.next());
        writer.write('\n');
      }
    }
  }

  private void link(java.nio.file.Path file, java.nio.file.Path written) throws IOException {
    try {
      linking.link(file, written);
    } catch (FileAlreadyExistsException | NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // Disks without links say so in words of their own, such as 'Operation not permitted'.
      Files.move(written, file);
    }
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
