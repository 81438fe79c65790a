
if ($Apply) {
    Write-Output ({{script-done}} -f $counts.Done, $counts.Moved, $counts.Failed)
} else {
    Write-Output ({{script-shown}} -f $counts.Done, $counts.Moved, $counts.Failed)
}
if ($counts.Moved + $counts.Failed) { exit 1 }
