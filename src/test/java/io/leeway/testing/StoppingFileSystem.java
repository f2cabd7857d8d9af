package io.leeway.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.sql.SparkSession;

/**
 * Local files under which processes die, each at the first point at which none has died before:
 *
 * <ul>
 *   <li>before and just after each Delta commit of each table, the one that makes it apart from
 *       others (Delta renames a finished file into the log)
 *   <li>before the first file of rows of each table is made
 *   <li>before each other kind of rename: of checksums, of checkpoints
 * </ul>
 *
 * A dead process changes nothing any more, nor does it tidy up. What it leaves lies at the local
 * path, where nothing stops the next one once it is {@linkplain #start started}. Points and deaths
 * are kept in files of the folder, since Hadoop makes several of these for one address.
 */
public final class StoppingFileSystem extends RawLocalFileSystem {
  private static final String SCHEME = "stopping";

  /** Lists where processes have died; folders without it are mortal to none. */
  private static final String DEATHS = "deaths";

  private static final String DEAD = "dead";

  /** Begins a new life over the tables in a folder, which is to die where none has yet. */
  public static void start(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (Files.notExists(folder.resolve(DEATHS))) {
      Files.createFile(folder.resolve(DEATHS));
    }
    Files.deleteIfExists(folder.resolve(DEAD));
  }

  /** Lets processes die once more at every point, and says where they have died until now. */
  public static List<String> forget(Path folder) throws IOException {
    List<String> deaths = Files.readAllLines(folder.resolve(DEATHS));
    Files.writeString(folder.resolve(DEATHS), "");
    return deaths;
  }

  /** Whether the process that was started last has died. */
  public static boolean isDead(Path folder) {
    return Files.exists(folder.resolve(DEAD));
  }

  /** How many commits the tables in a folder have taken together. */
  public static long commits(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.getFileName().toString().matches("\\d+\\.json")).count();
    }
  }

  /** The address under which processes die over such a folder. */
  public static String address(Path folder) {
    return SCHEME + "://" + folder.toAbsolutePath();
  }

  /** A session of its own that knows such addresses. */
  public static SparkSession session() {
    SparkSession session = LocalSpark.another();
    session.conf().set("fs.stopping.impl", StoppingFileSystem.class.getName());
    session.conf().set("fs.AbstractFileSystem.stopping.impl", ForLog.class.getName());
    return session;
  }

  @Override
  public void initialize(URI address, Configuration configuration) throws IOException {
    super.initialize(URI.create("file:///"), configuration);
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  protected void checkPath(org.apache.hadoop.fs.Path path) {
    // Every path that comes here was addressed to us.
  }

  @Override
  public boolean rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
      throws IOException {
    Path file = local(to);
    String name = file.getFileName().toString();
    if (!name.matches("\\d+\\.json")) {
      change(file, "before a rename to " + kind(name));
      return super.rename(from, to);
    }
    String commit =
        (name.matches("0+\\.json") ? "the first commit of " : "a commit of ")
            + file.getParent().getParent().getFileName();
    change(file, "before " + commit);
    boolean renamed = super.rename(from, to);
    change(file, "after " + commit);
    return renamed;
  }

  @Override
  public boolean mkdirs(org.apache.hadoop.fs.Path path) throws IOException {
    change(path);
    return super.mkdirs(path);
  }

  @Override
  public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
    change(path);
    return super.delete(path, recursive);
  }

  @Override
  public FSDataOutputStream create(
      org.apache.hadoop.fs.Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change(path);
    return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      org.apache.hadoop.fs.Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change(path);
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      org.apache.hadoop.fs.Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change(path);
    return super.createNonRecursive(
        path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  /** Names without what no two of their kind share: numbers, and unique identifiers. */
  private static String kind(String name) {
    return name.replaceAll("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "U")
        .replaceAll("\\d+", "N");
  }

  private static Path local(org.apache.hadoop.fs.Path path) {
    return Path.of(path.toUri().getPath()).toAbsolutePath();
  }

  /** A change of a file that is none of the points, but for files of rows. */
  private static void change(org.apache.hadoop.fs.Path path) throws IOException {
    Path file = local(path);
    Optional<Path> mortal = mortal(file);
    if (mortal.isPresent()) {
      Path table = mortal.get().relativize(file);
      boolean rows = file.getFileName().toString().startsWith("part-");
      change(file, rows ? "before rows of " + table.getName(0) : null);
    }
  }

  /** Dies here if nobody has yet; a dead process gets no further anywhere. */
  private static void change(Path file, String point) throws IOException {
    Optional<Path> mortal = mortal(file);
    if (mortal.isEmpty()) {
      return;
    }
    synchronized (StoppingFileSystem.class) {
      Path deaths = mortal.get().resolve(DEATHS);
      boolean dies = point != null && !Files.readAllLines(deaths).contains(point);
      if (dies && !isDead(mortal.get())) {
        Files.writeString(deaths, point + "\n", StandardOpenOption.APPEND);
        Files.createFile(mortal.get().resolve(DEAD));
      }
      if (isDead(mortal.get())) {
        throw new IOException("The process stopped: " + Files.readAllLines(deaths) + ".");
      }
    }
  }

  /** The folder of tables that a file lies in, if processes die there. */
  private static Optional<Path> mortal(Path file) {
    return Stream.iterate(file.getParent(), path -> path != null, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve(DEATHS)))
        .findFirst();
  }

  /** The same for Delta's log, which goes through Hadoop's other interface. */
  public static final class ForLog extends DelegateToFileSystem {
    public ForLog(URI address, Configuration configuration) throws IOException, URISyntaxException {
      super(address, new StoppingFileSystem(), configuration, SCHEME, false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }
  }
}
