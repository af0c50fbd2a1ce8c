Register-ArgumentCompleter -Native -CommandName tc3 -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The words before the cursor. They are passed in a variable, and none is evaluated.
    $words = @()
    $end = 0
    foreach ($element in $commandAst.CommandElements) {
        $start = $element.Extent.StartOffset
        if ($start -ge $cursorPosition) { break }
        $end = $element.Extent.EndOffset
        $text = $element.Extent.Text
        if ($end -gt $cursorPosition) {
            $text = $text.Substring(0, $cursorPosition - $start)
        } elseif ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $text = $element.Value
        }
        $words += $text -replace '[\r\n]', ' '
    }
    if ($end -lt $cursorPosition) { $words += '' }

    $variables = @{ VARIABLE = 'powershell'; WORDS = $words -join "`n" }
    $before = @{}
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        foreach ($name in $variables.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $variables[$name])
        }
        $lines = & 'PROGRAM'
    } finally {
        foreach ($name in $before.Keys) {
            [Environment]::SetEnvironmentVariable($name, $before[$name])
        }
        [Console]::OutputEncoding = $encoding
    }

    foreach ($line in $lines) {
        $value, $help = $line -split "`t", 2
        if (-not $value) { continue }
        if (-not $help) { $help = $value }
        $inserted = $value
        if ($value -notmatch '^[\w./\\:=+-]+$') { $inserted = "'" + $value.Replace("'", "''") + "'" }
        [System.Management.Automation.CompletionResult]::new($inserted, $value, 'ParameterValue', $help)
    }
}
