#requires -Version 5.1
#requires -Modules ActiveDirectory
# {{# script-about}}
[CmdletBinding()]
param(
    # {{# script-apply}}
    [switch]$Apply,
    # {{# script-server}}
    [string]$Server
)
$ErrorActionPreference = 'Stop'
$where = @{}
if ($Server) { $where.Server = $Server }
$counts = @{ Done = 0; Moved = 0; Failed = 0 }

function Get-Text([string]$Base64) {
    [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Base64))
}

function Test-Was($Object, [hashtable]$Was) {
    foreach ($name in $Was.Keys) {
        $held = [string[]]@($Object.$name | Where-Object { $null -ne $_ })
        if ($Was[$name].Count -eq 0 -and $name -ne 'proxyAddresses' -and ($held | Where-Object { $_.Trim() })) { return $false }
        foreach ($value in $Was[$name]) {
            if ([Array]::IndexOf($held, [string]$value) -lt 0) { return $false }
        }
    }
    return $true
}

function Edit-Object {
    param([string]$Identity, [hashtable]$Was, [hashtable]$Remove, [hashtable]$Add, [hashtable]$Replace)
    try {
        $object = Get-ADObject -Identity $Identity -Properties @($Was.Keys) @where
        if (-not (Test-Was $object $Was)) {
            $counts.Moved++
            Write-Warning ({{script-moved}} -f $Identity)
            return
        }
        $change = @{}
        if ($Remove) { $change.Remove = $Remove }
        if ($Add) { $change.Add = $Add }
        if ($Replace) { $change.Replace = $Replace }
        Set-ADObject -Identity $object.ObjectGUID @change @where -WhatIf:(-not $Apply)
        $counts.Done++
    } catch {
        $counts.Failed++
        Write-Warning ('{0}: {1}' -f $Identity, $_.Exception.Message)
    }
}

