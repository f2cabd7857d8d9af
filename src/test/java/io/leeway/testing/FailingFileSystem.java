package io.leeway.testing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.apache.spark.sql.SparkSession;

/**
 * Local files under addresses that name what goes wrong: {@code failing://full/tmp/x} is the file
 * {@code /tmp/x} on a storage without space. See {@link Trouble}.
 */
public class FailingFileSystem extends RawLocalFileSystem {
  private static final String SCHEME = "failing";

  /** What goes wrong; its lower-case name is the address's authority. */
  public enum Trouble {
    /** Files cannot be written; folders can be made. */
    FULL,
    /** Nothing can be written. */
    DENIED,
    /** Nothing can be read or written. */
    UNREACHABLE
  }

  private Trouble trouble;
  private URI uri;

  /** The address of a local path on a storage with a trouble. */
  public static String address(Trouble trouble, Path path) {
    return SCHEME + "://" + authority(trouble) + path.toAbsolutePath();
  }

  /** A session of its own that knows such addresses. */
  public static SparkSession session() {
    SparkSession session = LocalSpark.another();
    session.conf().set("fs.failing.impl", FailingFileSystem.class.getName());
    session.conf().set("fs.AbstractFileSystem.failing.impl", ForLog.class.getName());
    return session;
  }

  @Override
  public void initialize(URI address, Configuration configuration) throws IOException {
    super.initialize(URI.create("file:///"), configuration);
    for (Trouble known : Trouble.values()) {
      if (authority(known).equals(address.getAuthority())) {
        trouble = known;
      }
    }
    uri = URI.create(SCHEME + "://" + address.getAuthority());
  }

  private static String authority(Trouble trouble) {
    return switch (trouble) {
      case FULL -> "full";
      case DENIED -> "denied";
      case UNREACHABLE -> "unreachable";
    };
  }

  @Override
  public URI getUri() {
    return uri == null ? super.getUri() : uri;
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
  public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
    read();
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
    read();
    return super.listStatus(path);
  }

  @Override
  public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize) throws IOException {
    read();
    return super.open(path, bufferSize);
  }

  @Override
  public boolean mkdirs(org.apache.hadoop.fs.Path path) throws IOException {
    if (trouble != Trouble.FULL) {
      write(path);
    }
    return super.mkdirs(path);
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
    write(path);
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
    write(path);
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
    write(path);
    return super.createNonRecursive(
        path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  private void read() throws IOException {
    if (trouble == Trouble.UNREACHABLE) {
      throw new ConnectException("Call to unreachable:8020 failed: Connection refused");
    }
  }

  private void write(org.apache.hadoop.fs.Path path) throws IOException {
    read();
    if (trouble == Trouble.FULL) {
      throw new IOException("No space left on device");
    }
    if (trouble == Trouble.DENIED) {
      throw new FileNotFoundException(path.toUri().getPath() + " (Permission denied)");
    }
  }

  /** The same for Delta's log, which goes through Hadoop's other interface. */
  public static final class ForLog extends DelegateToFileSystem {
    public ForLog(URI address, Configuration configuration) throws IOException, URISyntaxException {
      super(address, new FailingFileSystem(), configuration, SCHEME, false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }
  }
}
