package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.leeway.config.ModelConfig;
import io.leeway.store.SourceTable;
import io.leeway.store.SqlName;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Versions that predictions bear and that were not trained here. */
final class ExternalVersions {
  private static final String WHOLE_NUMBER = "^[0-9]{1,8}$";

  private ExternalVersions() {}

  /** The greatest that is a whole number, above which ours are counted; 0 if there is none. */
  static int greatest(ModelConfig model, SourceTable predictions) {
    Optional<String> version = model.predictions().version();
    if (version.isEmpty()) {
      return 0;
    }
    var text = col(SqlName.quoted(version.get())).cast("string");
    Row found =
        predictions.read().where(text.rlike(WHOLE_NUMBER)).agg(max(text.cast("int"))).first();
    return found.isNullAt(0) ? 0 : found.getInt(0);
  }
}
