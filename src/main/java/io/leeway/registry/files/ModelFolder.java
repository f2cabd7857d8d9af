package io.leeway.registry.files;

import io.leeway.domain.UserException;
import io.leeway.store.StorageErrors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A model's folder on any file system that Hadoop knows. Local files are read and written without
 * Hadoop's checksums beside them: the manifest holds better ones.
 */
final class ModelFolder {
  private static final int BUFFER = 1 << 16;

  private final FileSystem files;
  private final Path folder;

  private ModelFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  static ModelFolder at(Path folder, Configuration hadoop) throws IOException {
    FileSystem found = folder.getFileSystem(hadoop);
    FileSystem files =
        found instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : found;
    return new ModelFolder(files, files.makeQualified(folder));
  }

  Path path() {
    return folder;
  }

  Path path(String within) {
    return new Path(folder, within);
  }

  boolean exists() throws IOException {
    return exists(folder);
  }

  boolean has(String within) throws IOException {
    return exists(path(within));
  }

  /** Unlike some file systems' own answer, never no where the storage does not answer. */
  private boolean exists(Path path) throws IOException {
    try {
      files.getFileStatus(path);
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** Every file, by its path within the folder. */
  SortedMap<String, FileStatus> list() throws IOException {
    SortedMap<String, FileStatus> found = new TreeMap<>();
    list("", found);
    return found;
  }

  private void list(String within, Map<String, FileStatus> found) throws IOException {
    for (FileStatus one : files.listStatus(within.isEmpty() ? folder : path(within))) {
      String name = within + one.getPath().getName();
      if (one.isDirectory()) {
        list(name + "/", found);
      } else {
        found.put(name, one);
      }
    }
  }

  String read(String within) throws IOException {
    try (InputStream in = files.open(path(within))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  void write(String within, String text) throws IOException {
    boolean overwrite = true;
    try (OutputStream out = files.create(path(within), overwrite)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  void rename(String within, String to) throws IOException {
    if (!files.rename(path(within), path(to))) {
      throw new IOException("Could not rename " + path(within) + " to " + path(to));
    }
  }

  void remove(String within) throws IOException {
    files.delete(path(within), false);
  }

  void removeAll() throws IOException {
    files.delete(folder, true);
  }

  /** Moves all of it to a place that does not exist yet. */
  void moveTo(Path target) throws IOException {
    files.mkdirs(target.getParent());
    if (!files.rename(folder, target)) {
      throw new IOException("Could not move " + folder + " to " + target);
    }
  }

  /** What a file holds, read to its end. */
  Manifest.Entry entry(String within) throws IOException {
    MessageDigest digest = sha256();
    long bytes = 0;
    try (InputStream in = new DigestInputStream(files.open(path(within)), digest)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return new Manifest.Entry(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /**
   * The manifest, after every file was held against it.
   *
   * @param digest that the registry knows of the model
   * @throws UserException naming the first file that is missing, changed or not listed
   */
  Manifest verified(String digest) {
    try {
      Manifest manifest = manifest();
      if (!manifest.digest().equals(digest)) {
        throw wrong(Manifest.PATH, "digest " + digest, "digest " + manifest.digest());
      }
      SortedMap<String, FileStatus> found = list();
      found.remove(Manifest.PATH);
      for (Map.Entry<String, Manifest.Entry> of : manifest.files().entrySet()) {
        FileStatus file = found.remove(of.getKey());
        Manifest.Entry expected = of.getValue();
        if (file == null) {
          throw wrong(of.getKey(), shown(expected), "no such file");
        }
        if (file.getLen() != expected.bytes()) {
          throw wrong(of.getKey(), expected.bytes() + " bytes", file.getLen() + " bytes");
        }
        Manifest.Entry entry = entry(of.getKey());
        if (!entry.equals(expected)) {
          throw wrong(of.getKey(), shown(expected), shown(entry));
        }
      }
      if (!found.isEmpty()) {
        throw wrong(found.firstKey(), "no such file, the manifest does not list it", "one");
      }
      return manifest;
    } catch (IOException e) {
      throw StorageErrors.explain(e, "Model folder '" + folder + "'");
    }
  }

  /**
   * The manifest alone.
   *
   * @throws UserException if there is none
   */
  Manifest manifest() throws IOException {
    if (!exists()) {
      throw new UserException(
          "There is no model folder '%s'. Restore it, or train and register the model again."
              .formatted(folder));
    }
    if (!has(Manifest.PATH)) {
      throw wrong(Manifest.PATH, "the list of all files", "no such file");
    }
    return Manifest.parse(read(Manifest.PATH), folder.toString());
  }

  /**
   * Holds the manifest itself against what the registry knows of it.
   *
   * @throws UserException if it is another one
   */
  void requireSeal(String seal) throws IOException {
    String found = entry(Manifest.PATH).sha256();
    if (!found.equals(seal)) {
      throw wrong(Manifest.PATH, "SHA-256 " + seal, "SHA-256 " + found);
    }
  }

  private static String shown(Manifest.Entry entry) {
    return "SHA-256 " + entry.sha256();
  }

  private UserException wrong(String file, String expected, String found) {
    return new UserException(
        String.format(
            Locale.ROOT,
            "Model folder '%s': file %s is not as it was registered: expected %s, found %s. Nothing was loaded. Restore the folder, or train and register the model again.",
            folder,
            file,
            expected,
            found));
  }
}
