package io.leeway.store;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * What a writer leaves behind that died while it made a table: a folder with nothing but a log,
 * which holds no commit. Delta refuses to make a table there for ever after.
 */
final class AbandonedLog {
  private static final String LOG = "_delta_log";

  private AbandonedLog() {}

  /**
   * Removes such a log. Nothing goes that holds anything: a commit that comes meanwhile stays, and
   * a writer that lives after all finds its hidden file gone and fails, which a retry heals.
   *
   * @return whether there was one and it is gone
   */
  static boolean remove(SparkSession spark, String table) throws IOException {
    Path folder = new Path(table);
    FileSystem files =
        folder.getFileSystem(
            ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().newHadoopConf());
    for (FileStatus inFolder : files.listStatus(folder)) {
      if (!inFolder.isDirectory() || !inFolder.getPath().getName().equals(LOG)) {
        return false;
      }
    }
    Path log = new Path(folder, LOG);
    return files.exists(log) && removeIfEmpty(files, log);
  }

  private static boolean removeIfEmpty(FileSystem files, Path directory) throws IOException {
    for (FileStatus found : files.listStatus(directory)) {
      boolean removed =
          found.isDirectory()
              ? removeIfEmpty(files, found.getPath())
              : found.getPath().getName().startsWith(".") && files.delete(found.getPath(), false);
      if (!removed) {
        return false;
      }
    }
    return files.delete(directory, false);
  }
}
