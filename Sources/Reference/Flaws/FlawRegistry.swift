internal import ReportModel
internal import Schemes

/// Every flaw there is.
package enum FlawRegistry {
    /// The flaws, family by family.
    package static let all: [Flaw] = [
        presence, keys, signature, algorithm, body, timestamp, header, contract, transport, handshake, tokens, edwards,
        samples, replay, rotation, tenancy, lifecycle,
    ].flatMap(\.self)

    /// Gives the flaw with this id, or `nil`.
    package static func named(_ id: String) -> Flaw? { all.first { $0.id == id } }

    private static let presence: [Flaw] = [
        .noVerification, .missingSignatureAccepted, .missingTimestampAccepted, .emptyHeaderAccepted,
        .emptySignatureAccepted, .presenceOnly, .debugHeaderTrusted, .querySwitchTrusted, .loopbackTrusted,
        .environmentHeaderTrusted, .credentialUnchecked, .credentialOptional, .credentialEmptyAccepted,
        .credentialUndefinedAccepted, .credentialPrefixAccepted, .credentialStartsWith, .credentialLastByteIgnored,
        .credentialSuffices, .credentialAsSignature, .nonASCIICredentialCrashes, .otherHeaderAccepted,
        .signatureFromQuery, .signatureFromBody, .signatureFromCookie, .signatureFromAuthorization,
        .trailingSlashUnguarded, .testPathUnguarded, .pathCaseUnguarded, .doubledSlashUnguarded, .encodedPathUnguarded,
        .pathParameterUnguarded, .dotSegmentUnguarded, .pathSuffixUnguarded, .oldVersionUnguarded,
    ]

    private static let keys: [Flaw] = [
        .emptyKeyAccepted, .blankKeyAccepted, .keyWithNewlineAccepted, .developmentKeyAccepted, .fallbackKeyAccepted,
        .placeholderKeyAccepted, .magicKeyAccepted, .sampleKeyAccepted, .undefinedKeyAccepted, .nullKeyAccepted,
        .noneKeyAccepted, .nilKeyAccepted, .objectKeyAccepted, .keyTextAccepted, .keyTextWithoutPrefixAccepted,
        .hexDecodedKeyAccepted, .base64DecodedKeyAccepted, .hashedKeyAccepted,
    ]

    private static let signature: [Flaw] = [
        .prefixComparison, .signatureStartsWith, .comparesFirst(4), .comparesFirst(16), .skipsByte(0), .skipsByte(15),
        .skipsByte(31), .differencesCancel, .lengthMismatchCrashes, .characterLengthCrashes, .undecodableCrashes,
        .nonASCIICrashes, .missingHeaderCrashes, .missingTimestampCrashes, .undecodableAccepted, .lenientHex,
        .findsHexAnywhere, .prefixRemovedAnywhere, .prefixOptional, .prefixRepeated, .anyPrefix, .base64Accepted,
        .base64URLAccepted, .hexAccepted, .base64Unpadded, .base64TrailingBits, .base64Junk,
        .base64CaseIgnored, .blanksInSignatureCrash,
    ]

    private static let algorithm: [Flaw] = [
        .sha1Fallback, .senderChoosesAlgorithm, .unknownAlgorithmCrashes, .algorithmByLength, .unkeyedHashAccepted,
        .keyPrefixHashAccepted, .keySuffixHashAccepted, .oldVersionAccepted, .anyVersionAccepted,
        .unknownVersionRefused, .bodyOnlySignatureAccepted, .otherSeparatorAccepted, .idUnsigned,
    ]

    private static let body: [Flaw] =
        [
            .doubleEncodedAccepted, .objectTextAccepted, .undefinedTextAccepted, .emptyBodySignatureAccepted,
            .hashesEmptyForOtherTypes, .contentTypeExact, .contentTypeCrashes, .charsetCrashes, .lossyUTF8,
            .invalidUTF8Crashes, .latin1Body, .asciiBody, .composedBody, .byteOrderMarkStripped, .lineEndsFolded,
            .lineEndsRemoved, .trimmedBody, .stopsAtNUL, .foldedCase, .lowerCaseID, .base64BodyAccepted,
            .base64BodyDecoded, .hashesEmptyWhenChunked, .hashesFirstChunk, .chunkedRefused, .emptyBodyCrashes,
            .emptyBodyAsObject, .unknownEncodingCrashes, .brokenJSONCrashes, .oddJSONCrashes, .firstBytesOnly,
            .firstDocumentOnly,
        ] + Serialiser.all.map(Flaw.reserialises) + Serialiser.all.map(Flaw.acceptsReserialised)

    private static let timestamp: [Flaw] = [
        .noFreshness, .futureAccepted, .pastAccepted, .windowOfADay, .windowOfTenMinutes, .windowOfAMinute,
        .windowOfThreeSeconds,
        .futureRefused, .timestampOptional, .timestampUndefined, .notANumberAccepted, .timestampPrefixParsed,
        .timestampNumberParsed, .timestampFloatParsed, .timestampPythonIntParsed, .timestampLongParsed,
        .millisecondsAccepted, .fineUnitsAccepted, .timestampOverflowCrashes, .timestampOverflowWraps,
        .timestampOverflowAccepted, .zeroSkips, .negativeSkips, .isoTimestampAccepted, .nonASCIITimestampCrashes,
        .malformedTimestampCrashes, .bodyTimestampTrusted, .oldEventRefused, .tenDigitsRead, .emptyTimestampAccepted,
        .otherTimestampTrusted, .timestamp32Bits,
    ]

    private static let header: [Flaw] = [
        .lastTimestampIsFresh, .firstTimestampIsFresh, .onlyFirstSignature,
        .onlyLastSignature, .positionalFields, .malformedHeaderCrashes, .longListCrashes, .firstLineTaken,
        .lastLineTaken, .linesJoined, .repeatedHeaderCrashes, .caseSensitiveNames, .underscoreNames,
    ]

    private static let contract: [Flaw] = [
        .echoesSignature, .echoesSignatureInHeader, .echoesSignatureInCapitals, .tellsTrace, .tellsFrames,
        .readsBodyFirst, .refusesWith400, .refusesWith403, .refusesWith404, .refusesWith200,
        .refusesWithRedirect, .refusesWith500, .refusesWith503, .rejectionNeverEnds, .rejectionCutOff, .acceptsWith204,
        .invalidBodyAccepted, .emptyTextAccepted, .invalidBodyRefusedAs401, .invalidBodyCrashes,
        .unusableBodyCrashes,
    ]

    private static let transport: [Flaw] = [
        .otherMethodsUnsigned, .putUnsigned, .getCrashes, .methodOverridden, .originalURLTrusted,
        .forwardedHostRefused, .expectRefused, .otherTargetCrashes, .otherMethodCrashes, .proxyHeadersRefused,
        .expectationCrashes,
    ]

    private static let handshake: [Flaw] = [
        .challengeUnsigned, .challengeSmuggles, .retryAcknowledged, .emptyEventAcknowledged,
        .signedHandshakeRefused,
    ]

    /// Flaws of tokens: the schemes that sign with RSA.
    package static let tokens: [Flaw] = [
        .tokenSignatureUnchecked, .tokenNoneAccepted, .tokenNoneInAnyCaseAccepted, .tokenAlgorithmOptional,
        .tokenAlgorithmUnread, .tokenCriticalIgnored, .tokenPEMAsSecret, .tokenTrimmedPEMAsSecret, .tokenDERAsSecret,
        .tokenModulusTextAsSecret, .tokenModulusAsSecret, .tokenEmptySecretAccepted, .tokenKeyNameOpensFile,
        .tokenBroughtKeyTrusted, .tokenKeyAddressTrusted, .tokenUnknownKeyUnverified, .tokenKeyNameOptional,
        .tokenKeyNameIgnored, .tokenUnknownKeyCrashes, .tokenHeaderRebuilt, .tokenEndorsementUnchecked,
        .tokenSchemeOfHeaderIgnored, .tokenMorePartsIgnored, .tokenThirdPartOptional, .malformedTokenCrashes,
        .tokenPaddingAccepted, .issuerUnchecked, .issuerStartsWith, .issuerOptional, .emulatorIssuerAccepted,
        .issuerListAccepted, .audienceUnchecked, .audienceStartsWith, .audienceContained, .audienceOptional,
        .audienceStarAccepted, .audienceListUnchecked, .expiryUnchecked, .expiryOptional, .expiryZeroSkips,
        .expiryNegativeSkips, .expiryNotANumber, .leewayOfAnHour, .startUnchecked, .oddExpiryCrashes,
        .serviceURLUnchecked, .serviceURLOptional, .serviceURLStartsWith, .serviceURLOfBodyOptional,
        .serviceURLBoundToNothing,
    ]

    /// Flaws of Ed25519.
    package static let edwards: [Flaw] = [
        .edwardsMalformedCrashes, .edwardsErrorAccepted, .edwardsLongerAccepted, .edwardsLetterIsZero,
        .edwardsUnreducedAccepted, .edwardsNeutralAccepted, .edwardsShapeOnly, .edwardsHashesFirst,
        .edwardsSampleKeyAccepted, .edwardsHMACSHA512Accepted, .edwardsHMACSHA256Accepted,
    ]

    private static let samples: [Flaw] = [
        .bridgeNodeSample, .bridgePythonSample, .vaultysClawTeamsPreview,
    ]

    private static let replay: [Flaw] = [
        .noDedupe, .forgetsAfterASecond, .forgetsAtHalfTime, .duplicateConflicts, .duplicateCrashes,
        .replayMintsID, .deliveryHeaderRemembered, .missingIDNotRemembered, .missingIDMadeOfTime,
        .rememberedBeforeVerification, .idAndBodyRemembered, .idAndTimestampRemembered,
        .signatureHeaderRemembered, .memorySharedByBridges, .memoryOf256, .fullMemoryIgnored, .checkThenInsert,
        .refusedBodyRemembered, .bodyRemembered, .senderRemembered, .idsByCanonicalEquivalence, .idsLowerCased,
        .idsTrimmed, .effectBeforeVerification,
    ]

    private static let rotation: [Flaw] = [
        .newSecretLate, .oldSecretDeadAtOnce, .oldSecretForEver, .graceTenTimes, .graceHalved,
        .secondRotationDropsPrevious, .secondRotationKeepsOldest, .secondRotationRestartsGrace,
        .graceStopsWhilePaused, .firstSignatureAfterRotation, .lastSignatureAfterRotation,
    ]

    private static let tenancy: [Flaw] = [
        .anyBridgesSecret, .headerChoosesBridge, .queryChoosesBridge, .bodyChoosesBridge, .outboundTakenInbound,
        .unknownBridgeTold,
    ]

    private static let lifecycle: [Flaw] = [
        .pausedStillTaken, .deletedStillTaken, .recreatedKeepsSecrets, .disabledStillTaken, .outgoingOnlyTaken,
        .stateBeforeSignature, .listHoldsSecrets, .answersHoldSecrets, .adminWithoutToken, .twinsCreated,
        .createUnchecked, .emptySecretCreated, .secretlessCreated, .changesIgnored,
        .createdPaused, .disabledForGood, .unknownBridgeChanged, .oldSecretOutlivesBridge,
    ]
}
