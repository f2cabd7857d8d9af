package io.leeway.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** A file that readers see as it was before or whole, never in between. */
final class SummaryFile {
  private SummaryFile() {}

  /**
   * Writes beside the file and renames.
   *
   * @param address a path, or an address of any file system that Hadoop knows
   */
  static void write(String address, String text, Configuration hadoop) throws IOException {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    Path file = new Path(address);
    String scheme = file.toUri().getScheme();
    if (scheme == null
        ? file.getFileSystem(hadoop).getScheme().equals("file")
        : scheme.equals("file")) {
      writeLocal(java.nio.file.Path.of(file.toUri().getPath()).toAbsolutePath(), bytes);
    } else {
      writeRemote(file, bytes, hadoop);
    }
  }

  private static void writeLocal(java.nio.file.Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    java.nio.file.Path written = Files.createTempFile(file.getParent(), ".summary", ".tmp");
    try {
      Files.write(written, bytes);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static void writeRemote(Path file, byte[] bytes, Configuration hadoop)
      throws IOException {
    FileContext files = FileContext.getFileContext(file.toUri(), hadoop);
    Path written = new Path(file.getParent(), ".summary-" + UUID.randomUUID() + ".tmp");
    try (OutputStream out =
        files.create(written, EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.createParent())) {
      out.write(bytes);
    }
    files.rename(written, file, Options.Rename.OVERWRITE);
  }
}
