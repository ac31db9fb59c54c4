import Grading

extension MLPSuite {
  package enum Slip: String, ListedMistake {
    case zeroWeights = "zero-weights"
    case tinyWeights = "tiny-weights"
    case standardNormalWeights = "standard-normal-weights"
    case xavierWeights = "xavier-weights"
    case ownSeed = "own-seed"
    case reluMissing = "relu-missing"
    case biasMissing = "bias-missing"
    case softmaxOverColumns = "softmax-over-columns"
    case overflowingSoftmax = "overflowing-softmax"
    case argmaxOverColumns = "argmax-over-columns"
    case predictWithoutBias = "predict-without-bias"
    case comparesProbabilities = "compares-probabilities"
    case accuracyInPercent = "accuracy-in-percent"
    case accuracyOfTrainingData = "accuracy-of-training-data"
    case reluSlopeMissing = "relu-slope-missing"
    case gradientSummed = "gradient-summed"
    case ascending = "ascending"
    case biasesFrozen = "biases-frozen"
    case lastLayerOnly = "last-layer-only"
    case plainGradient = "plain-gradient"
    case noCorrection = "no-correction"
    case stateResetEachEpoch = "state-reset-each-epoch"
    case stateResetEachStep = "state-reset-each-step"
    case stateKeptAcrossCalls = "state-kept-across-calls"
    case noShuffle = "no-shuffle"
    case shuffledOnce = "shuffled-once"
    case batchesShuffledOnly = "batches-shuffled-only"
    case pairsTornApart = "pairs-torn-apart"
    case drawnWithReplacement = "drawn-with-replacement"
    case firstBatchOnly = "first-batch-only"
    case lastBatchDropped = "last-batch-dropped"
    case batchSizeIgnored = "batch-size-ignored"
    case layersDrawnAnew = "layers-drawn-anew"
    case lossSummed = "loss-summed"
    case lossOfBatchesAveraged = "loss-of-batches-averaged"
    case lossOfEveryBatch = "loss-of-every-batch"

    package var sentence: String {
      switch self {
      case .zeroWeights: "Your weights begin at 0, where every unit of a layer learns the same."
      case .tinyWeights:
        "Your weights begin with a deviation of 0.01, whatever the fan-in is; He's is √(2/fanIn)."
      case .standardNormalWeights:
        "Your weights begin with a deviation of 1, whatever the fan-in is; He's is √(2/fanIn)."
      case .xavierWeights:
        "Your weights begin with Xavier's variance, 2/(fanIn + fanOut); He's is 2/fanIn."
      case .ownSeed: "You drew the weights from a generator of your own; use the one handed in."
      case .reluMissing: "Your forward pass has no ReLU between the layers."
      case .biasMissing: "Your forward pass leaves the biases out."
      case .softmaxOverColumns: "Your softmax runs down the columns; it goes along each row."
      case .overflowingSoftmax:
        "Your softmax overflows for large logits; subtract each row's maximum before exp."
      case .argmaxOverColumns:
        "You took the largest of each column; the class of a row is the largest of the row."
      case .predictWithoutBias: "predict leaves the biases out; it is the forward pass of fit."
      case .comparesProbabilities:
        "You compared probabilities with the labels, entry by entry; compare predicted classes."
      case .accuracyInPercent: "Your accuracy is in percent; it is a share, from 0 to 1."
      case .accuracyOfTrainingData:
        "Your accuracy is that of the rows it was trained on, not of those it is asked about."
      case .reluSlopeMissing:
        "You did not multiply by the slope of ReLU on the way back through the hidden layers."
      case .gradientSummed:
        "You summed the gradient over the batch; a smaller batch then takes a smaller step."
      case .ascending: "You added the step; to descend, subtract it."
      case .biasesFrozen: "You never updated the biases."
      case .lastLayerOnly: "You trained the last layer only."
      case .plainGradient: "You stepped along the gradient itself; what is asked for is Adam."
      case .noCorrection: "You left out Adam's bias correction, m/(1 − β₁ᵗ) and v/(1 − β₂ᵗ)."
      case .stateResetEachEpoch:
        "Adam's m, v and t begin anew in every epoch; they live as long as the call of fit."
      case .stateResetEachStep:
        "Adam's m, v and t begin anew with every batch; they live as long as the call of fit."
      case .stateKeptAcrossCalls:
        "Adam's m, v and t live on from one call of fit to the next; each call begins anew."
      case .noShuffle: "You did not shuffle the rows."
      case .shuffledOnce: "You shuffled the rows once; every epoch has an order of its own."
      case .batchesShuffledOnly:
        "You shuffled the batches, and each has the same rows in every epoch; shuffle the rows."
      case .pairsTornApart:
        "You shuffled inputs and labels apart, so that they no longer belong together."
      case .drawnWithReplacement:
        "You drew the rows of an epoch with replacement; every row comes once."
      case .firstBatchOnly: "You trained on the first batch of every epoch only."
      case .lastBatchDropped: "You left out the last batch where it is smaller than the others."
      case .batchSizeIgnored: "You took all rows as one batch; an epoch is cut into batches."
      case .layersDrawnAnew: "fit draws new layers; it goes on from those that there are."
      case .lossSummed: "You summed the loss over the rows; the loss of an epoch is their mean."
      case .lossOfBatchesAveraged:
        "You averaged over batches; a smaller last one counts by its rows in the mean over all."
      case .lossOfEveryBatch: "You returned the loss of every batch; it is one number an epoch."
      }
    }

    package var site: String {
      switch self {
      case .zeroWeights, .tinyWeights, .standardNormalWeights, .xavierWeights:
        "weights"
      case .softmaxOverColumns, .overflowingSoftmax: "softmax"
      case .biasMissing, .predictWithoutBias: "bias"
      case .comparesProbabilities, .accuracyInPercent: "accuracy"
      case .biasesFrozen, .lastLayerOnly: "trained parameters"
      case .plainGradient, .noCorrection, .stateResetEachEpoch, .stateResetEachStep,
        .stateKeptAcrossCalls:
        "Adam"
      case .noShuffle, .shuffledOnce, .batchesShuffledOnly, .pairsTornApart, .drawnWithReplacement:
        "order"
      case .firstBatchOnly, .lastBatchDropped, .batchSizeIgnored: "batches"
      case .lossSummed, .lossOfBatchesAveraged, .lossOfEveryBatch: "loss"
      default: rawValue
      }
    }
  }
}
