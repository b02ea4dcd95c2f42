# motcua check: for whoever edits content.
check-sum = { $written } guides written, { $imported } imported and not checked by anybody, { $walks } walks. Faults: { $faults }. To fill in: { $gaps }.
check-none = no guide
