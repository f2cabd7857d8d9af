package io.leeway.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;

/**
 * Local files under which the process dies: the tables in a folder take as many Delta commits as
 * were {@linkplain #allow allowed}, and no further one. What a dead process leaves behind lies at
 * the local path, where nothing stops the next one.
 */
public final class StoppingFileSystem extends RawLocalFileSystem {
  private static final String SCHEME = "stopping";
  private static final String ALLOWED = "allowed";
  private static final PathMatcher COMMIT =
      FileSystems.getDefault().getPathMatcher("glob:**/_delta_log/[0-9]*.json");

  /** Lets the tables in a folder take so many commits more, by its {@link #address}. */
  public static void allow(Path folder, long more) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(ALLOWED), Long.toString(commits(folder) + more));
  }

  /** The address under which such a folder stops. */
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

  /** How many commits the tables in a folder hold. */
  public static long commits(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(COMMIT::matches).count();
    }
  }

  /** How many tables lie in a folder, those without a commit among them. */
  public static long tables(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> Files.isDirectory(file.resolve("_delta_log"))).count();
    }
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
    Path file = Path.of(to.toUri().getPath());
    if (COMMIT.matches(file)) {
      Path tables = file.getParent().getParent().getParent();
      if (commits(tables) >= Long.parseLong(Files.readString(tables.resolve(ALLOWED)))) {
        throw new IOException("The process stopped before its commit " + file.getFileName() + ".");
      }
    }
    return super.rename(from, to);
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
