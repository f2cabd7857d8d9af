package io.leeway.retrain;

import io.leeway.config.PipelineConfig.Encode;
import io.leeway.config.PipelineConfig.Impute;
import io.leeway.config.PipelineConfig.Scale;
import io.leeway.retrain.FeatureColumn.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Bucketizer;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.MinMaxScaler;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;

/**
 * Columns of features as stages: one of SQL, then one for all columns of a treatment, then the
 * vector. The columns in between are numbered, since names of users may hold what MLlib's may not.
 */
final class FeatureStages {
  private static final String KEEP = "keep";
  private static final String RAW = "leeway_raw_%d";
  private static final String FILLED = "leeway_filled_%d";
  private static final String INDEX = "leeway_index_%d";
  private static final String ENCODED = "leeway_encoded_%d";

  private final List<FeatureColumn> columns;
  private final List<PipelineStage> stages = new ArrayList<>();

  /** Where the columns stand that go into the vector, by the place of the feature. */
  private final Map<Integer, String> last = new LinkedHashMap<>();

  FeatureStages(List<FeatureColumn> columns) {
    this.columns = columns;
  }

  List<PipelineStage> all() {
    stages.add(sql());
    impute("leeway_impute_median", Impute.MEDIAN);
    impute("leeway_impute_mean", Impute.MEAN);
    index();
    bucket();
    encode();
    List<String> parts = new ArrayList<>();
    parts.addAll(scaled(Scale.STANDARD));
    parts.addAll(scaled(Scale.MIN_MAX));
    IntStream.range(0, columns.size())
        .filter(of -> columns.get(of).scale().isEmpty())
        .forEach(of -> parts.add(last.get(of)));
    stages.add(assembler("leeway_assemble", parts, FeaturePipeline.FEATURES));
    return List.copyOf(stages);
  }

  private PipelineStage sql() {
    StringBuilder sql = new StringBuilder("SELECT *");
    for (int of = 0; of < columns.size(); of++) {
      sql.append(", ").append(columns.get(of).sql()).append(" AS ").append(name(RAW, of));
    }
    return new SQLTransformer("leeway_select")
        .setStatement(sql.append(" FROM __THIS__").toString());
  }

  private void impute(String uid, Impute by) {
    List<Integer> which = where(of -> of.kind() == Kind.NUMBER && of.impute() == by);
    if (!which.isEmpty()) {
      stages.add(
          new Imputer(uid)
              .setStrategy(by.name().toLowerCase(Locale.ROOT))
              .setInputCols(names(RAW, which))
              .setOutputCols(names(FILLED, which)));
      which.forEach(of -> last.put(of, name(FILLED, of)));
    }
  }

  private void index() {
    List<Integer> which = where(of -> of.kind() == Kind.CATEGORY);
    if (!which.isEmpty()) {
      stages.add(
          new StringIndexer("leeway_index")
              .setHandleInvalid(KEEP)
              .setStringOrderType("frequencyDesc")
              .setInputCols(names(RAW, which))
              .setOutputCols(names(INDEX, which)));
      which.forEach(of -> last.put(of, name(INDEX, of)));
    }
  }

  private void bucket() {
    List<Integer> which = where(of -> of.kind() == Kind.BUCKETS);
    if (!which.isEmpty()) {
      double[][] splits =
          which.stream().map(of -> splits(columns.get(of).buckets())).toArray(double[][]::new);
      stages.add(
          new Bucketizer("leeway_bucket")
              .setHandleInvalid(KEEP)
              .setSplitsArray(splits)
              .setInputCols(names(RAW, which))
              .setOutputCols(names(INDEX, which)));
      // The bucket of what is missing lies beyond those that the column tells of.
      stages.add(encoder("leeway_bucket_encode", which).setHandleInvalid(KEEP));
    }
  }

  private static double[] splits(List<Double> bounds) {
    double[] splits = new double[bounds.size() + 2];
    splits[0] = Double.NEGATIVE_INFINITY;
    for (int of = 0; of < bounds.size(); of++) {
      splits[of + 1] = bounds.get(of);
    }
    splits[bounds.size() + 1] = Double.POSITIVE_INFINITY;
    return splits;
  }

  private void encode() {
    List<Integer> which = where(of -> of.kind() == Kind.CATEGORY && of.encode() == Encode.ONE_HOT);
    if (!which.isEmpty()) {
      stages.add(encoder("leeway_encode", which));
    }
  }

  /** The last category, that of what is unknown, is all zeros. */
  private OneHotEncoder encoder(String uid, List<Integer> which) {
    which.forEach(of -> last.put(of, name(ENCODED, of)));
    return new OneHotEncoder(uid)
        .setDropLast(true)
        .setInputCols(names(INDEX, which))
        .setOutputCols(names(ENCODED, which));
  }

  /** The vector of the numbers that are scaled in one way; none if there are none. */
  private List<String> scaled(Scale scale) {
    List<Integer> which = where(of -> of.scale().equals(Optional.of(scale)));
    if (which.isEmpty()) {
      return List.of();
    }
    String name = "leeway_" + scale.name().toLowerCase(Locale.ROOT);
    String in = name + "_in";
    stages.add(assembler(name + "_assemble", which.stream().map(last::get).toList(), in));
    stages.add(
        scale == Scale.STANDARD
            ? new StandardScaler(name + "_scale")
                .setWithMean(true)
                .setWithStd(true)
                .setInputCol(in)
                .setOutputCol(name)
            : new MinMaxScaler(name + "_scale").setInputCol(in).setOutputCol(name));
    return List.of(name);
  }

  private static VectorAssembler assembler(String uid, List<String> parts, String output) {
    return new VectorAssembler(uid)
        .setHandleInvalid(KEEP)
        .setInputCols(parts.toArray(String[]::new))
        .setOutputCol(output);
  }

  private List<Integer> where(Predicate<FeatureColumn> is) {
    return IntStream.range(0, columns.size())
        .filter(of -> is.test(columns.get(of)))
        .boxed()
        .toList();
  }

  private static String name(String pattern, int of) {
    return String.format(Locale.ROOT, pattern, of);
  }

  private static String[] names(String pattern, List<Integer> which) {
    return which.stream().map(of -> name(pattern, of)).toArray(String[]::new);
  }
}
